/** Writing a file so that it is there whole or not at all. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

function besides(path: string): string {
  return join(dirname(path), `.${randomBytes(6).toString('hex')}.part`);
}

/** Writes beside the file, then renames. Makes the folder if it is missing. */
export async function writeFileWhole(path: string, data: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = besides(path);
  try {
    const file = await open(part, 'wx');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** A file that grows line by line and appears under its name only when it is done. */
export class GrowingFile {
  private failure: Error | null = null;

  private constructor(
    private readonly path: string,
    readonly part: string,
    private readonly stream: WriteStream,
  ) {
    stream.on('error', (error) => {
      this.failure = error;
    });
  }

  static async create(path: string): Promise<GrowingFile> {
    await mkdir(dirname(path), { recursive: true });
    const part = besides(path);
    const stream = createWriteStream(part, { flags: 'wx' });
    await once(stream, 'open');
    return new GrowingFile(path, part, stream);
  }

  async write(text: string): Promise<void> {
    if (this.failure) throw this.failure;
    if (this.stream.write(text)) return;
    await once(this.stream, 'drain');
  }

  async finish(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.stream.end(resolve);
    });
    if (this.failure) throw this.failure;
    await rename(this.part, this.path);
  }

  async abandon(): Promise<void> {
    this.stream.destroy();
    await rm(this.part, { force: true });
  }
}
