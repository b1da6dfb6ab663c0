import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  // Generous, because other checks run beside these: what is expected comes as soon as it can, and a failure takes longer to be one.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: true,
  // A whole Electron beside other programs may stand still for seconds. What passes at the second try only is listed as flaky, with its first failure.
  retries: 1,
  reporter: [['list']],
  outputDir: '../test-results',
});
