/** What plans and stores are tested in: compiled as for the window, which is not there. A test that reaches for the document fails. */
import type { Environment } from 'vitest/runtime';

export default {
  name: 'no-window',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
