/** The picture on the way from one plan to the other: a function of both and of how far it has come. Pure. */
import { type Label, labelKey } from './scene-labels';
import type { Spot } from './scene-layout';
import type { ParentFigure, Plan } from './scene-figures';

/** Who goes farther than this walks on their feet: nobody flies in bed. */
const STRIDE = 10;

/** 0 is a, 1 is b. Whoever is in one only, appears or leaves. */
export function planBetween(a: Plan, b: Plan, fraction: number): Plan {
  if (fraction >= 1 || a === b) return b;
  const raw = Math.max(0, fraction);
  const f = easeInOut(raw);
  const late = raw < 0.5 ? a : b;
  return {
    ...late,
    width: b.width,
    height: b.height,
    places: b.places,
    parents: a.parents === b.parents ? b.parents : blend(a.parents, b.parents, f, raw).map((each) => onFoot(each, a, b, raw)),
    children: blend(a.children, b.children, f, raw),
    labels: blendLabels(a.labels, b.labels, f, raw),
  };
}

function blend<T extends Spot & { id: string; scale: number }>(from: readonly T[], to: readonly T[], f: number, raw: number): T[] {
  // Plans that follow each other share whoever stands still.
  if (from === to) return to as T[];
  const before = new Map(from.map((each) => [each.id, each]));
  const moved = to.map((each): T => {
    const was = before.get(each.id);
    before.delete(each.id);
    if (!was) return { ...each, scale: each.scale * f };
    if (was === each) return each;
    return {
      ...(raw < 0.5 ? was : each),
      x: was.x + (each.x - was.x) * f,
      y: was.y + (each.y - was.y) * f - hop(was, each, f),
      scale: was.scale + (each.scale - was.scale) * f,
    };
  });
  return [...moved, ...[...before.values()].map((each) => ({ ...each, scale: each.scale * (1 - f) }))];
}

function onFoot(parent: ParentFigure, a: Plan, b: Plan, raw: number): ParentFigure {
  if (b.parents.includes(parent)) return parent;
  const was = a.parents.find((each) => each.id === parent.id);
  const will = b.parents.find((each) => each.id === parent.id);
  if (!was || !will || raw <= 0 || Math.hypot(will.x - was.x, will.y - was.y) < STRIDE) return parent;
  return was.pose === 'asleep' || will.pose === 'asleep' ? { ...parent, pose: 'walking' } : parent;
}

/** A label stays with its figure and glides to its new place beside it. */
function blendLabels(from: readonly Label[], to: readonly Label[], f: number, raw: number): Label[] {
  if (from === to) return to as Label[];
  const other = new Map((raw < 0.5 ? to : from).map((each) => [labelKey(each), each]));
  const part = raw < 0.5 ? f : 1 - f;
  return (raw < 0.5 ? from : to).map((each) => {
    const there = other.get(labelKey(each));
    return there && there !== each
      ? { ...each, dx: each.dx + (there.dx - each.dx) * part, dy: each.dy + (there.dy - each.dy) * part }
      : each;
  });
}

/** People walk in a slight bow, so that two who change places do not go through each other. */
function hop(a: Spot, b: Spot, f: number): number {
  const far = Math.hypot(b.x - a.x, b.y - a.y);
  return far < STRIDE ? 0 : Math.sin(f * Math.PI) * Math.min(22, far * 0.1);
}

function easeInOut(f: number): number {
  return f < 0.5 ? 2 * f * f : 1 - (2 - 2 * f) ** 2 / 2;
}
