import parser from '@typescript-eslint/parser';
import s3 from 'eslint-plugin-s3';

export default [
  s3.configs.recommended,
  { files: ['**/*.ts'], languageOptions: { parser } },
  { settings: { s3: { facts: '.s3lint/facts.json' } } },
];
