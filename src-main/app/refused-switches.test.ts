import { expect, test } from 'vitest';
import { refusedSwitch } from './refused-switches';

test.each([
  '--inspect',
  '--inspect=0.0.0.0:9229',
  '--inspect-brk=9229',
  '--inspect-port=1',
  '--debug-brk',
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '-remote-debugging-port=9222',
  '/remote-debugging-port:9222',
  '--Remote-Debugging-Port=9222',
  '--remote-allow-origins=*',
  '--js-flags=--expose-gc',
  '--disable-web-security',
  '--allow-file-access-from-files',
  '--enable-blink-features=MojoJS',
  '--enable-experimental-web-platform-features',
  '--single-process',
  '--load-extension=/tmp/x',
  '--proxy-server=http://example.com',
  '--proxy-pac-url=http://example.com',
  '--host-resolver-rules=MAP * 127.0.0.1',
  '--ignore-certificate-errors',
  '--log-net-log=/tmp/x',
  '--renderer-cmd-prefix=/bin/sh',
  '--gpu-launcher=sh',
  '--browser-subprocess-path=/tmp/x',
  '-r',
  '--require=x.js',
])('%s is refused', (arg) => {
  expect(refusedSwitch(['--lang=zh', arg])).toBe(arg);
});

test.each([
  [['--lang=zh', '--theme', 'dark', '--lesson=hunting', '--export', '/tmp/x', '--size=1366x768', '--portable']],
  [
    [
      '--no-sandbox',
      '--disable-gpu',
      '--ozone-platform=wayland',
      '--enable-features=WaylandWindowDecorations',
      '--user-data-dir=/tmp/x',
      '--force-device-scale-factor=2',
    ],
  ],
  [['/home/inspect/remote-debugging-port.yaml', 'inspect.yaml']],
  [['--', '--inspect']],
  [[]],
])('what people use is let through: %j', (args) => {
  expect(refusedSwitch(args)).toBeNull();
});
