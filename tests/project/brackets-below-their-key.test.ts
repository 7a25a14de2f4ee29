import { describe, expect, it } from 'vitest';

import { parseTemplate, valueOf } from '../../src/project/infrastructure/cloudformation/template-tree.js';

/** Templates whose brackets go on at the indent of their key: CloudFormation takes them, for in brackets no indent counts. */
const bucket = '\nResources:\n  Data: { Type: "AWS::S3::Bucket" }\n';

describe('brackets that go on at the indent of their key', () => {
  it.each([
    { name: 'a list', text: `Parameters:\n  Size:\n    AllowedValues: [a, b,\n    c, d]${bucket}` },
    { name: 'a list of many lines', text: `Parameters:\n  Size:\n    AllowedValues: [\n    a,\n    b,\n    c\n    ]${bucket}` },
    { name: 'a mapping', text: `Parameters:\n  Size: { Type: String,\n  Default: a }${bucket}` },
    { name: 'a list that is closed at the margin', text: `Parameters:\n  Size:\n    AllowedValues: [\n      a\n]${bucket}` },
  ])('$name is read', ({ text }) => {
    const parsed = parseTemplate({ path: 'template.yaml', text });
    expect(parsed).toHaveProperty('root');
    if (!('root' in parsed)) return;
    expect(valueOf(parsed.root, 'Resources', 'Data', 'Type')).toMatchObject({ kind: 'scalar', text: ['AWS::S3::Bucket'] });
    expect(valueOf(parsed.root, 'Resources', 'Data')?.at).toMatchObject({ line: text.split('\n').length - 1, column: 9 });
  });

  it.each([
    { name: 'a bracket that is never closed', text: `Parameters:\n  Size: [a, b\n  Other: 1${bucket}` },
    { name: 'a mapping of lines whose indents differ', text: `Parameters:\n    Size: 1\n  Other: 2${bucket}` },
  ])('$name is a mistake', ({ text }) => {
    expect(parseTemplate({ path: 'template.yaml', text })).toHaveProperty('warning');
  });
});
