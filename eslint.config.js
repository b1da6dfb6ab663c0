import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * Rules that ask for types. Each folder has its own program: all that are named in one place are made for the first file. `more` only where
 * it is needed: with extra file extensions every program is made for an editor's long session, which takes several times as long.
 */
const withTypes = (project, files, more = {}) => ({
  files,
  languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname, ...more } },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  },
});

export default ts.config(
  { ignores: ['node_modules/', 'out/', 'dist/', 'exports/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['log', 'error'] }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  withTypes('tsconfig.json', ['src-main/**/*.ts']),
  withTypes('e2e/tsconfig.json', ['e2e/**/*.ts']),
  withTypes('src-renderer/tsconfig.json', ['src-renderer/**/*.ts', 'src-renderer/**/*.svelte'], { extraFileExtensions: ['.svelte'] }),
  // Generators of the model wait without yielding anything themselves where Go's function has a row that does nothing here.
  { files: ['src-main/model/**/*.ts'], rules: { 'require-yield': 'off' } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: { 'prefer-const': 'off', 'svelte/prefer-svelte-reactivity': 'off' },
  },
);
