/** Reads assets/lessons/course.yaml: the units of the course, and which lessons each has in which order. */
import { fill } from '../../assets/words/index';
import { type Read, type Text, textOf } from '../model/words';
import { checkHead, readText } from './head';
import { type Node, YamlSource } from './yaml-source';

export interface CourseUnit {
  /** Such as A. */
  id: string;
  title: Text;
  /** Ids of lessons. There may be ones that are not there. */
  lessons: string[];
}

const TOP = ['schedville', 'kind', 'units'];
const KEYS = ['id', 'title', 'lessons'];

export function parseCourse(text: string, file: string): Read<{ units: CourseUnit[] }> {
  const source = new YamlSource(text, file);
  const units = source.root === null ? [] : new CourseReader(source).read(source.root);
  return source.faults.length > 0 ? { ok: false, faults: source.sorted } : { ok: true, units };
}

class CourseReader {
  private readonly units = new Set<string>();
  private readonly lessons = new Set<string>();

  constructor(private readonly source: YamlSource) {}

  read(root: Node): CourseUnit[] {
    const top = this.source.fields(root, 'course', TOP, TOP);
    checkHead(this.source, top, 'course', [2]);
    const list = top.get('units')?.value ?? null;
    return list === null ? [] : this.source.items(list, 'units').map((item) => this.unit(item));
  }

  private unit(node: Node): CourseUnit {
    const { source } = this;
    const fields = source.fields(node, 'units', KEYS, KEYS);
    const at = (key: string): Node | null => fields.get(key)?.value ?? null;
    return {
      id: this.once(at('id'), 'units', this.units),
      title: at('title') === null ? textOf(() => '') : readText(source, at('title'), 'title'),
      lessons: (at('lessons') === null ? [] : source.items(at('lessons'), 'lessons')).map((item) =>
        this.once(item, 'lessons', this.lessons),
      ),
    };
  }

  /** A lesson belongs to one unit only, and stands in it once. */
  private once(node: Node | null, what: string, known: Set<string>): string {
    const name = node === null ? '' : (this.source.text(node, what) ?? '');
    if (name !== '' && known.has(name)) this.source.fault(node, (w) => fill(w.duplicateName, { what, name }));
    known.add(name);
    return name;
  }
}
