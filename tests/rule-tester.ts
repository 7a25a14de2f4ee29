import { RuleTester } from '@typescript-eslint/rule-tester';

/** TypeScript source; the rules need no types. */
export const ruleTester = new RuleTester();
