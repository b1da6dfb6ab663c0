#!/usr/bin/env node
/** `npm run package`, for whoever starts the file itself. */
process.argv.splice(2, 0, 'package');
await import('./launch.mjs');
