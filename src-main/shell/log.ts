/** What the log is told of: begin and end, what died, what was refused with an exception. */
import type { App } from 'electron';
import { hostname, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { LogFile, type Private } from '../app/log-file';

export const logFileOf = (userData: string): string => join(userData, 'logs', 'schedville.log');

/** The user's name, the machine's and the folders that hold them. */
function privateOf(app: App): Private {
  const names: [string, string][] = [
    [app.getAppPath(), '<program>'],
    [dirname(process.execPath), '<program>'],
    [app.getPath('userData'), '<data>'],
    [app.getPath('home'), '<home>'],
    [hostname(), '<machine>'],
  ];
  try {
    names.push([userInfo().username, '<user>']);
  } catch {
    // A user without a name: nothing to leave out.
  }
  return { names: names.sort(([a], [b]) => b.length - a.length) };
}

const textOf = (value: unknown): string => (value instanceof Error ? (value.stack ?? value.message) : String(value));

/** Keeps the log from now on. What is printed as an error stands in it, too. */
export function keepLog(app: App): void {
  const log = new LogFile(logFileOf(app.getPath('userData')), privateOf(app));
  const { electron, chrome } = process.versions;
  log.add(
    'begin',
    `Schedville ${app.getVersion()}, Electron ${electron ?? ''}, Chromium ${chrome ?? ''}, ${process.platform} ${process.arch}`,
  );
  const print = console.error.bind(console);
  console.error = (...said: unknown[]) => {
    print(...said);
    log.add('error', said.map(textOf).join(' '));
  };
  process.on('uncaughtExceptionMonitor', (error) => {
    log.add('exception', textOf(error));
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.add('died', `${type}: ${reason} (${exitCode})`);
  });
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason !== 'clean-exit') log.add('died', `page: ${reason} (${exitCode})`);
  });
  app.on('quit', (_event, status) => {
    log.add('end', String(status));
  });
}
