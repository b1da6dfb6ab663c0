import { expect, test } from 'vitest';
import { type Pictured, pictureOf } from './picture-export';

const PNG = Buffer.from('a picture');
const LOOK = { widthPx: 1366, heightPx: 768 };

/** A debugger that notes what it is told. */
function noting(capture: () => Promise<unknown> = () => Promise.resolve({ data: PNG.toString('base64') })): {
  contents: Pictured;
  told: string[];
  metrics: unknown[];
} {
  const told: string[] = [];
  const metrics: unknown[] = [];
  let isAttached = false;
  const protocol = {
    isAttached: () => isAttached,
    attach: () => {
      told.push('attach');
      isAttached = true;
    },
    detach: () => {
      told.push('detach');
      isAttached = false;
    },
    sendCommand: (method: string, asked?: unknown) => {
      told.push(method.replace(/^.*\./, ''));
      if (method === 'Emulation.setDeviceMetricsOverride') metrics.push(asked);
      return method === 'Page.captureScreenshot' ? capture() : Promise.resolve({});
    },
  };
  return { contents: { debugger: protocol } as unknown as Pictured, told, metrics };
}

test('one picture: twice the size, and the window is as it was', async () => {
  const { contents, told, metrics } = noting();
  expect(await pictureOf(contents, { ...LOOK, isOneOfMany: false })).toEqual(PNG);
  expect(told).toEqual(['attach', 'setDeviceMetricsOverride', 'captureScreenshot', 'clearDeviceMetricsOverride', 'detach']);
  expect(metrics).toEqual([{ width: 1366, height: 768, deviceScaleFactor: 2, mobile: false }]);
});

test('a picture that fails leaves the window as it was', async () => {
  const { contents, told } = noting(() => Promise.reject(new Error('no frame')));
  await expect(pictureOf(contents, { ...LOOK, isOneOfMany: false })).rejects.toThrow('no frame');
  expect(told.slice(-2)).toEqual(['clearDeviceMetricsOverride', 'detach']);
});

test('between many pictures the page stays at their resolution', async () => {
  const { contents, told } = noting();
  for (let i = 0; i < 2; i++) await pictureOf(contents, { ...LOOK, isOneOfMany: true });
  const each = ['setDeviceMetricsOverride', 'captureScreenshot'];
  expect(told).toEqual(['attach', ...each, ...each]);
});
