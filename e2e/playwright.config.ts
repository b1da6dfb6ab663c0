import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  // Generous, because other checks run beside these: what is expected comes as soon as it can, and a failure takes longer to be one.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  outputDir: '../test-results',
});
