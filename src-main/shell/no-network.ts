/**
 * Nothing goes out of the machine. The page's policy and the session's filter (page-protocol.ts) see what is fetched; WebRTC and the names that
 * a page has looked up ahead pass both of them, so Chromium itself is told to have no way out.
 */
import type { App, WebContents } from 'electron';

/** Port 9 (discard): nothing listens there, so whatever goes to this proxy ends at once. */
const NOWHERE = 'http://127.0.0.1:9';

const SWITCHES: readonly (readonly [name: string, value: string])[] = [
  // Connections, those to this machine too, go to a proxy that does not exist.
  ['proxy-server', NOWHERE],
  ['proxy-bypass-list', '<-loopback>'],
  // No name is ever asked of a server of names.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['disable-background-networking', ''],
];

/**
 * Chromium's feature by which what deals with networks runs in the main process. As nothing ever comes from one, a process that would shut it in
 * only costs: it is started with every window, and the page waits for it.
 */
const WITHIN = 'NetworkServiceInProcess2';

/** Must run before the app is ready. */
export function closeNetwork({ commandLine }: Pick<App, 'commandLine'>): void {
  for (const [name, value] of SWITCHES) commandLine.appendSwitch(name, value);
  const features = [commandLine.getSwitchValue('enable-features'), WITHIN].filter((each) => each !== '');
  commandLine.appendSwitch('enable-features', features.join(','));
}

/** WebRTC sends nothing but through the proxy. */
export function closeWebRtc(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
