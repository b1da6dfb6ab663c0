/**
 * Switches that would open an installed program to others, or switch off what keeps it shut. A school's machine is used by many: whoever
 * can change a shortcut is not to read along. A checkout, where one works on the code, takes all of them.
 */

/** Names without the dashes, and whatever begins with one that ends in a star. */
const REFUSED = [
  'inspect*',
  'debug*',
  'remote-debugging-*',
  'remote-allow-origins',
  'js-flags',
  'disable-web-security',
  'allow-file-access*',
  'allow-running-insecure-content',
  'disable-site-isolation-trials',
  'enable-blink-features',
  'enable-experimental-*',
  'single-process',
  'disable-seccomp-filter-sandbox',
  'load-extension',
  'disable-extensions-except',
  'unsafely-*',
  'ignore-certificate-errors*',
  'host-rules',
  'host-resolver-rules',
  'proxy-*',
  'log-net-log',
  'net-log-*',
  'ssl-key-log-file',
  'auth-server-*',
  'enable-automation',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'browser-subprocess-path',
  'require',
  'r',
  'eval',
  'e',
];

function isRefused(name: string): boolean {
  return REFUSED.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));
}

/** The first switch of a command line that is refused; null: there is none. What stands behind `--` is no switch. */
export function refusedSwitch(args: readonly string[]): string | null {
  for (const arg of args) {
    if (arg === '--') return null;
    // Windows takes a slash for a dash, too.
    const [, name] = /^(?:--?|\/)([A-Za-z][\w-]*)(?:[=:]|$)/.exec(arg) ?? [];
    if (name !== undefined && isRefused(name.toLowerCase())) return arg;
  }
  return null;
}
