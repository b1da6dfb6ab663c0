/** Wheel, drag and fingers over the lanes, by d3-zoom: nearer at the pointer, and to the sides. */
import { select } from 'd3-selection';
import { zoom, type D3ZoomEvent, zoomIdentity, type ZoomTransform } from 'd3-zoom';
import type { RunAxis, Window } from './timeline-scale';

export interface ZoomGround {
  axis: Pick<RunAxis, 'length' | 'least'>;
  /** Width of the lanes and height of all, px. */
  widthPx: number;
  heightPx: number;
  /** A press there, px from the top left, moves the lanes. */
  isPannable: (px: number, y: number) => boolean;
  /** The part that is seen; null: everything. `isOver`: the hand has let go. */
  onwindow: (window: Window | null, isOver: boolean) => void;
}

/** A wheel that is turned sideways, or with Shift, moves and does not zoom. */
export const isSideways = (event: Pick<WheelEvent, 'shiftKey' | 'deltaX' | 'deltaY'>): boolean =>
  event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);

/** As d3-zoom keeps it: 1 and 0 show the whole axis. */
export const transformOf = (window: Window, length: number, widthPx: number): ZoomTransform => {
  const k = length / (window.to - window.from);
  return zoomIdentity.translate((-window.from / length) * widthPx * k, 0).scale(k);
};

/** Nearer than this the whole axis is meant. */
const WHOLE = 1.0005;

export function windowOf({ x, k }: Pick<ZoomTransform, 'x' | 'k'>, length: number, widthPx: number): Window | null {
  if (k <= WHOLE) return null;
  return { from: (-x / k / widthPx) * length, to: ((widthPx - x) / k / widthPx) * length };
}

/** Lets the hand zoom on `overlay`; what it returns ends that. */
export function zoomable(overlay: SVGSVGElement, { axis, widthPx, heightPx, isPannable, onwindow }: ZoomGround): () => void {
  const zooming = zoom<SVGSVGElement, unknown>()
    .extent([
      [0, 0],
      [widthPx, heightPx],
    ])
    .translateExtent([
      [0, -Infinity],
      [widthPx, Infinity],
    ])
    .scaleExtent([1, Math.max(1, axis.length / axis.least)])
    .filter((event: MouseEvent | WheelEvent | TouchEvent) => {
      if (event.type === 'wheel') return !isSideways(event as WheelEvent);
      if (event.type !== 'mousedown') return event.type.startsWith('touch');
      const { clientX, clientY, button } = event as MouseEvent;
      const box = overlay.getBoundingClientRect();
      return button === 0 && isPannable(clientX - box.left, clientY - box.top);
    })
    .on('zoom end', (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (event.sourceEvent) onwindow(windowOf(event.transform, axis.length, widthPx), event.type === 'end');
    });
  select(overlay).call(zooming).on('dblclick.zoom', null);
  // The end of a turn of the wheel is told a moment later.
  return () => zooming.on('zoom end', null);
}

/** What has been moved otherwise than by hand is where the next gesture begins. */
export function beginAt(overlay: SVGSVGElement, transform: ZoomTransform): void {
  select(overlay).property('__zoom', transform);
}
