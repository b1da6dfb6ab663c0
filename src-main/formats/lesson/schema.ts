/** The JSON Schema of lesson files, for editors: made of the same table of keys that the reader goes by. */
import { LANGUAGES } from '../../model/words';
import { keysOfObject, type ObjectName, OBJECTS, type Shape } from './keys';

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const properties = Object.fromEntries(LANGUAGES.map((language) => [language, text]));
/** Whether a language may be left out depends on the file's `language`, which is for the reader to say. */
const texts: Schema = { anyOf: [text, { type: 'object', properties, minProperties: 1, additionalProperties: false }] };

const NAMED: Readonly<Record<Extract<Shape, string>, Schema>> = {
  version: { enum: [1, 2] },
  id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
  title: texts,
  prose: texts,
  word: text,
  lines: { type: 'string', pattern: '^\\d+(-\\d+)?(, \\d+(-\\d+)?)*$' },
  duration: text,
  word64: { type: ['integer', 'string'] },
  flag: { type: 'boolean' },
  json: {},
};

function schemaOf(shape: Shape): Schema {
  if (typeof shape === 'string') return NAMED[shape];
  if ('is' in shape) return { const: shape.is };
  if ('oneOf' in shape) return { enum: shape.oneOf };
  if ('whole' in shape) return { type: 'integer', minimum: shape.whole[0], maximum: shape.whole[1] };
  if ('list' in shape) return { type: 'array', items: schemaOf(shape.list), minItems: shape.least };
  if ('map' in shape) return { type: 'object', additionalProperties: schemaOf(shape.map) };
  if ('object' in shape) return { $ref: `#/$defs/${shape.object}` };
  if ('nullOr' in shape) return { anyOf: [{ type: 'null' }, schemaOf(shape.nullOr)] };
  return { anyOf: shape.either.map(schemaOf) };
}

function objectSchema(name: ObjectName): Schema {
  const keys = keysOfObject(name);
  return {
    type: 'object',
    properties: Object.fromEntries(keys.map(([key, { shape }]) => [key, schemaOf(shape)])),
    required: keys.flatMap(([key, { isRequired }]) => (isRequired ? [key] : [])),
    additionalProperties: false,
  };
}

/** The file assets/lesson.schema.json. */
export function lessonSchemaText(): string {
  const names = Object.keys(OBJECTS) as ObjectName[];
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Schedville lesson',
    $ref: '#/$defs/lesson',
    $defs: Object.fromEntries(names.map((name) => [name, objectSchema(name)])),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
