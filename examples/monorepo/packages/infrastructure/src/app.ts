import { App } from 'aws-cdk-lib';

import { PhotosStack } from './photos-stack.js';

new PhotosStack(new App(), 'Photos');
