/** The command line in this process: what it writes to either stream, and its exit status. */
import { simMain } from '../sim-main';

export async function sim(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const status = await simMain(args, {
    out: (data) => (out += typeof data === 'string' ? data : Buffer.from(data).toString()),
    err: (text) => (err += text),
    isErrTerminal: false,
    environment: { LANG: 'en_US.UTF-8' },
    onInterrupt: () => undefined,
  });
  return { status, out, err };
}
