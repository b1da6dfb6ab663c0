import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * For components and runes only. Everything else is looked at by oxlint (.oxlintrc.json), with the same rules in a tenth of the time; it reads
 * no markup.
 */
const COMPONENTS = ['**/*.svelte'];
const RUNES = ['**/*.svelte.ts'];

export default ts.config(
  { ignores: ['**/*', '!**/*/', '!**/*.svelte', '!**/*.svelte.ts', 'node_modules/', 'out/', 'dist/', 'exports/', 'test-results/'] },
  // The plain rules last: the other set leaves some of them to the type check, which sees no markup.
  { files: COMPONENTS, extends: [...ts.configs.recommended, js.configs.recommended] },
  ...svelte.configs.recommended,
  {
    files: COMPONENTS,
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        // Rules that ask for types need a program.
        project: 'src-renderer/tsconfig.json',
        tsconfigRootDir: import.meta.dirname,
        parser: ts.parser,
        extraFileExtensions: ['.svelte'],
        svelteConfig,
      },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['log', 'error'] }],
      'prefer-const': 'off',
      'no-unused-vars': 'off',
      'no-array-constructor': 'off',
      'no-unused-expressions': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: RUNES, languageOptions: { parser: ts.parser } },
  { files: [...COMPONENTS, ...RUNES], rules: { 'svelte/prefer-svelte-reactivity': 'off' } },
);
