/** What the YAML library finds wrong, in our words: its own texts exist in English only. `said` is its text, for what we did not foresee. */
import type { ErrorCode } from 'yaml';
import type { Fault } from '../model/words';

const MESSAGES: Readonly<Partial<Record<ErrorCode, Fault['message']>>> = {
  ALIAS_PROPS: { zh: '别名（*name）前后不能再写锚点或标签', en: 'an alias (*name) can have neither anchor nor tag' },
  BAD_ALIAS: { zh: '锚点或别名的名字写得不对', en: 'this anchor or alias has no proper name' },
  BAD_DIRECTIVE: { zh: '看不懂这条 % 指令', en: 'this % directive is unknown' },
  BAD_DQ_ESCAPE: { zh: '双引号里没有这种反斜杠转义', en: 'there is no such backslash escape in double quotes' },
  BAD_INDENT: {
    zh: '缩进不齐（同一层要对齐，下一层要多缩进），或者括号没有合上',
    en: 'the indentation does not fit (one level lines up, the next is deeper), or a bracket is not closed',
  },
  BAD_PROP_ORDER: { zh: '锚点和标签要写在“-”“?”“:”的后面', en: 'anchors and tags stand after the -, ? or :' },
  BAD_SCALAR_START: { zh: '不加引号的文字不能用这个字符开头', en: 'text without quotes cannot begin with this character' },
  BLOCK_AS_IMPLICIT_KEY: {
    zh: '这一行里多了一个“:”或“-”，值里有它们就加引号',
    en: 'one : or - too many on this line; a value that holds them needs quotes',
  },
  BLOCK_IN_FLOW: { zh: '花括号和方括号里不能用缩进写法', en: 'inside of braces and brackets nothing is written by indentation' },
  KEY_OVER_1024_CHARS: { zh: '键太长，或少了“:”', en: 'the key is too long, or a : is missing' },
  MISSING_CHAR: {
    zh: '少了一个字符：引号、括号、逗号，或“:”“-”后面的空格',
    en: 'a character is missing: a quote, bracket or comma, or the space after : or -',
  },
  MULTILINE_IMPLICIT_KEY: { zh: '键要写在一行里，后面跟“:”', en: 'a key stands on one line and is followed by :' },
  MULTIPLE_ANCHORS: { zh: '一个地方只能有一个锚点', en: 'only one anchor may stand here' },
  MULTIPLE_DOCS: { zh: '一个文件只能有一份文档，这里又用“---”开了一份', en: 'a file holds one document; another begins here with ---' },
  MULTIPLE_TAGS: { zh: '一个地方只能有一个标签', en: 'only one tag may stand here' },
  NON_STRING_KEY: { zh: '键必须是文字', en: 'a key must be text' },
  RESOURCE_EXHAUSTION: { zh: '套得太深', en: 'nested too deeply' },
  TAB_AS_INDENT: { zh: '缩进要用空格，不能用制表符', en: 'indent with spaces, not with tabs' },
  TAG_RESOLVE_FAILED: { zh: '这里不能用标签（!…）', en: 'tags (!…) have no meaning here' },
  UNEXPECTED_TOKEN: { zh: '这里不该出现这个符号', en: 'this sign does not belong here' },
};

/** The text of a fault of the library's. */
export function yamlMessage(code: ErrorCode, said: string): Fault['message'] {
  return MESSAGES[code] ?? { zh: `YAML 语法不对（${said}）`, en: `the YAML syntax is wrong (${said})` };
}
