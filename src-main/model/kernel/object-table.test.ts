import { expect, test } from 'vitest';
import { call, freshPort } from '../testdata/kernel-port';
import { epollSets, nextObject } from './object-table';

test('objects have numbers in a row, and the epoll sets among them are known', () => {
  const port = freshPort();
  call(port, 'pipe2', { buf: 8 }, 0);
  call(port, 'epoll_create1', 0);
  call(port, 'eventfd2', 0, 0);
  call(port, 'epoll_create1', 0);
  expect([nextObject(port.kernel.objects), epollSets(port.kernel.objects)]).toEqual([5, [2, 4]]);
  for (const object of ['4', '3']) delete port.kernel.objects[object];
  expect([nextObject(port.kernel.objects), epollSets(port.kernel.objects)]).toEqual([3, [2]]);
});

test('no call goes through all objects, of which there may be tens of thousands', () => {
  const port = freshPort();
  const objects = port.kernel.objects;
  const asked = { whole: 0 };
  port.kernel.objects = new Proxy(objects, {
    ownKeys: (target) => {
      asked.whole++;
      return Reflect.ownKeys(target);
    },
  });
  call(port, 'epoll_create1', 0);
  call(port, 'pipe2', { buf: 8 }, 0);
  call(port, 'epoll_ctl', 3, 1, 4, { buf: 16 });
  expect([call(port, 'write', 5, 'x', 1), call(port, 'read', 4, { buf: 8 }, 8)]).toEqual([1, 1]);
  expect([call(port, 'close', 5), call(port, 'close', 4), call(port, 'close', 3)]).toEqual([0, 0, 0]);
  expect(asked.whole).toBe(0);
});
