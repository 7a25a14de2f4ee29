import { Stack, type StackProps } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export class PhotosStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const photos = new Bucket(this, 'Photos', { versioned: true });
    const api = new NodejsFunction(this, 'Api', {
      runtime: Runtime.NODEJS_22_X,
      entry: '../../apps/api/src/index.ts',
      environment: { PHOTOS_BUCKET: photos.bucketName },
    });
    photos.grantReadWrite(api);
  }
}
