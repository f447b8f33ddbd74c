// Reads just enough of an uncompressed PDF to say what a screen reader would: its structure tree with the text of each element.
// Independent of the writer: it follows the file's own tables, and knows characters by the fonts' ToUnicode maps alone.

type Value = null | boolean | number | string | Name | Ref | Dictionary | readonly Value[];
interface Name {
  readonly name: string;
}
interface Ref {
  readonly ref: number;
}
interface Dictionary {
  readonly entries: ReadonlyMap<string, Value>;
}

/** An element of the structure tree. `text` is its own and that of all below it, in reading order. */
export interface Element {
  readonly type: string;
  readonly text: string;
  readonly children: readonly Element[];
  readonly scope: string | null;
}

export interface ReadPdf {
  readonly root: Element;
  readonly lang: string;
  readonly marked: boolean;
  readonly displayTitle: boolean;
  readonly title: string;
  readonly bookmarks: readonly string[];
  readonly pages: number;
  /** What is read on each page, line by line from its top, without artifacts. */
  readonly lines: readonly (readonly string[])[];
  /** What stands in artifacts, page by page: read by eyes only. */
  readonly artifacts: readonly string[];
  /** Text that is in no element and no artifact: always a mistake. */
  readonly stray: string;
  readonly links: readonly string[];
  readonly fontsEmbedded: boolean;
  readonly raw: string;
}

/** @throws Error when the file is not as expected: then the test fails and says where. */
export function readPdf(file: Buffer): ReadPdf {
  const raw = file.toString('latin1');
  const objects = objectsOf(raw);
  const resolve = (value: Value | undefined): Value => (isRef(value) ? (objects.get(value.ref)?.value ?? null) : (value ?? null));
  const get = (value: Value | undefined, ...path: string[]): Value =>
    path.reduce<Value>((at, key) => {
      const here = resolve(at);
      return isDictionary(here) ? resolve(here.entries.get(key)) : null;
    }, resolve(value));
  const trailer = parse(raw, raw.lastIndexOf('trailer') + 'trailer'.length).value;
  const catalog = get(trailer, 'Root');
  const pages = list(get(catalog, 'Pages', 'Kids'));

  // The text of every piece of marked content, by page and number.
  const content = new Map<string, string>();
  const artifacts: string[] = [];
  const lines: string[][] = [];
  let stray = '';
  let fontsEmbedded = true;
  for (const page of pages) {
    if (!isRef(page)) throw new Error('a page is not a reference');
    const fonts = new Map<string, ReadonlyMap<number, string>>();
    const used = get(page, 'Resources', 'Font');
    for (const [name, font] of isDictionary(used) ? used.entries : []) {
      const toUnicode = isDictionary(resolve(font)) ? (resolve(font) as Dictionary).entries.get('ToUnicode') : null;
      if (!isRef(toUnicode)) throw new Error(`font ${name} has no ToUnicode`);
      fonts.set(name, unicodeMap(objects.get(toUnicode.ref)?.stream ?? ''));
      const descriptor = get(list(get(font, 'DescendantFonts'))[0], 'FontDescriptor');
      if (get(descriptor, 'FontFile2') === null && get(descriptor, 'FontFile3') === null) fontsEmbedded = false;
    }
    const contents = (resolve(page) as Dictionary).entries.get('Contents');
    const stream = isRef(contents) ? (objects.get(contents.ref)?.stream ?? '') : '';
    let artifact = '';
    const byHeight = new Map<number, string>();
    for (const piece of showings(stream, fonts)) {
      if (!piece.artifact) byHeight.set(piece.height, (byHeight.get(piece.height) ?? '') + piece.text);
      if (piece.artifact) artifact += piece.text;
      else if (piece.mcid === null) stray += piece.text;
      else content.set(`${page.ref}:${piece.mcid}`, (content.get(`${page.ref}:${piece.mcid}`) ?? '') + piece.text);
    }
    artifacts.push(artifact);
    lines.push([...byHeight].sort(([one], [other]) => other - one).map(([, text]) => text.trim()));
  }

  function element(value: Value): Element {
    const dictionary = resolve(value);
    if (!isDictionary(dictionary)) throw new Error('an element of the structure tree is missing');
    const page = dictionary.entries.get('Pg');
    const children: Element[] = [];
    let text = '';
    const kids = resolve(dictionary.entries.get('K'));
    for (const kid of Array.isArray(kids) ? (kids as readonly Value[]) : [kids]) {
      const target = resolve(kid);
      const inside = isDictionary(target) ? target.entries : null;
      if (typeof target === 'number') text += textAt(page, target);
      else if (inside?.has('MCID')) text += textAt(inside.get('Pg'), Number(inside.get('MCID')));
      else if (inside?.has('S')) {
        const child = element(kid);
        children.push(child);
        text += child.text;
      }
    }
    const scope = get(dictionary, 'A', 'Scope');
    return { type: nameOf(dictionary.entries.get('S')), text, children, scope: scope === null ? null : nameOf(scope) };
  }

  function textAt(page: Value | undefined, mcid: number): string {
    const text = isRef(page) ? content.get(`${page.ref}:${mcid}`) : undefined;
    return text ?? '';
  }

  const bookmarks: string[] = [];
  for (let at = get(catalog, 'Outlines', 'First'); at !== null; at = get(at, 'Next')) bookmarks.push(textOf(get(at, 'Title')));
  const links = [...objects.values()].flatMap(({ value }) => {
    const uri = get(value, 'A', 'URI');
    return uri === null ? [] : [textOf(uri)];
  });
  return {
    root: element(list(get(catalog, 'StructTreeRoot', 'K'))[0] ?? null),
    lang: textOf(get(catalog, 'Lang')),
    marked: get(catalog, 'MarkInfo', 'Marked') === true,
    displayTitle: get(catalog, 'ViewerPreferences', 'DisplayDocTitle') === true,
    title: textOf(get(trailer, 'Info', 'Title')),
    bookmarks,
    pages: pages.length,
    lines,
    artifacts,
    stray,
    links,
    fontsEmbedded,
    raw,
  };
}

/** All elements of a type, in reading order. */
export function elements(root: Element, type: string): Element[] {
  return [...(root.type === type ? [root] : []), ...root.children.flatMap((child) => elements(child, type))];
}

interface Showing {
  readonly text: string;
  readonly mcid: number | null;
  readonly artifact: boolean;
  /** Of its baseline, in points from the foot of the page. */
  readonly height: number;
}

/** What a content stream shows, piece by piece, with the marked content it stands in. Replaced text counts once. */
function showings(stream: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): Showing[] {
  const found: Showing[] = [];
  const open: { tag: string; mcid: number | null; replaced: boolean }[] = [];
  let font: ReadonlyMap<number, string> = new Map();
  let height = 0;
  let operands: Value[] = [];
  let at = 0;
  const show = (text: string) => {
    const mcid = open.findLast((mark) => mark.mcid !== null)?.mcid ?? null;
    found.push({ text, mcid, artifact: open.some((mark) => mark.tag === 'Artifact'), height });
  };
  for (;;) {
    at += /^\s*/.exec(stream.slice(at, at + 100))?.[0].length ?? 0;
    if (at >= stream.length) return found;
    const operator = /^[A-Za-z*']+/.exec(stream.slice(at, at + 10))?.[0];
    if (operator === undefined) {
      const { value, end } = parse(stream, at);
      operands.push(value);
      at = end;
      continue;
    }
    at += operator.length;
    if (operator === 'Tm') height = Math.round(Number(operands[5]));
    if (operator === 'Tf') font = fonts.get(nameOf(operands[0])) ?? new Map();
    if (operator === 'BMC' || operator === 'BDC') {
      const marks = operands[1];
      const entries = isDictionary(marks) ? marks.entries : new Map<string, Value>();
      const actual = entries.get('ActualText');
      if (typeof actual === 'string') show(actual);
      const mcid = entries.get('MCID');
      open.push({ tag: nameOf(operands[0]), mcid: typeof mcid === 'number' ? mcid : null, replaced: typeof actual === 'string' });
    }
    if (operator === 'EMC' && open.pop() === undefined) throw new Error('marked content ends that did not begin');
    if (operator === 'TJ' && !open.some((mark) => mark.replaced)) {
      const strings = list(operands[0] ?? null).filter((each): each is string => typeof each === 'string');
      show(strings.map((hex) => decode(hex, font)).join(''));
    }
    operands = [];
  }
}

function decode(bytes: string, font: ReadonlyMap<number, string>): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) text += font.get(bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1)) ?? '\0';
  return text;
}

function unicodeMap(cmap: string): ReadonlyMap<number, string> {
  const map = new Map<number, string>();
  for (const [, first = '', , targets = ''] of cmap.matchAll(/<(\w{4})> <(\w{4})> \[([^\]]*)\]/g)) {
    for (const [index, [, units = '']] of [...targets.matchAll(/<([^>]*)>/g)].entries()) {
      const codes = units.split(' ').filter((unit) => unit !== '');
      map.set(parseInt(first, 16) + index, String.fromCharCode(...codes.map((unit) => parseInt(unit, 16))));
    }
  }
  return map;
}

function objectsOf(raw: string): Map<number, { value: Value; stream: string }> {
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(raw)?.[1]);
  const objects = new Map<number, { value: Value; stream: string }>();
  for (const [index, line] of raw.slice(start).split('\n').slice(2).entries()) {
    const offset = /^(\d{10}) 00000 n/.exec(line)?.[1];
    if (line.startsWith('trailer')) return objects;
    if (offset === undefined) continue;
    const { value, end } = parse(raw, raw.indexOf('obj', Number(offset)) + 3);
    const begin = /^\s*stream\r?\n/.exec(raw.slice(end, end + 20))?.[0].length;
    const length = isDictionary(value) ? Number(value.entries.get('Length')) : 0;
    objects.set(index, { value, stream: begin === undefined ? '' : raw.slice(end + begin, end + begin + length) });
  }
  throw new Error('the cross-reference table does not end');
}

function parse(raw: string, from: number): { value: Value; end: number } {
  const at = from + (/^\s*/.exec(raw.slice(from, from + 100))?.[0].length ?? 0);
  const rest = raw.slice(at, at + 200);
  if (rest.startsWith('<<')) {
    const entries = new Map<string, Value>();
    let next = at + 2;
    for (;;) {
      next += /^\s*/.exec(raw.slice(next, next + 100))?.[0].length ?? 0;
      if (raw.startsWith('>>', next)) return { value: { entries }, end: next + 2 };
      const key = parse(raw, next);
      const value = parse(raw, key.end);
      entries.set(nameOf(key.value), value.value);
      next = value.end;
    }
  }
  if (rest.startsWith('[')) {
    const values: Value[] = [];
    let next = at + 1;
    for (;;) {
      next += /^\s*/.exec(raw.slice(next, next + 100))?.[0].length ?? 0;
      if (raw.startsWith(']', next)) return { value: values, end: next + 1 };
      const value = parse(raw, next);
      values.push(value.value);
      next = value.end;
    }
  }
  if (rest.startsWith('(')) return literal(raw, at);
  if (rest.startsWith('<')) {
    const end = raw.indexOf('>', at);
    const hex = raw.slice(at + 1, end);
    return { value: Buffer.from(hex, 'hex').toString('latin1'), end: end + 1 };
  }
  const name = /^\/([^\s/<>[\]()]*)/.exec(rest);
  if (name) return { value: { name: name[1] ?? '' }, end: at + name[0].length };
  const ref = /^(\d+) \d+ R/.exec(rest);
  if (ref) return { value: { ref: Number(ref[1]) }, end: at + ref[0].length };
  const word = /^[^\s/<>[\]()]+/.exec(rest)?.[0];
  if (word === undefined) throw new Error(`not a value: ${rest.slice(0, 40)}`);
  const constants: Record<string, Value> = { true: true, false: false, null: null };
  return { value: word in constants ? (constants[word] ?? null) : Number(word), end: at + word.length };
}

function literal(raw: string, from: number): { value: string; end: number } {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  let text = '';
  let at = from + 1;
  for (let depth = 1; depth > 0; at += 1) {
    const character = raw.charAt(at);
    if (at >= raw.length) throw new Error('a string does not end');
    if (character === '\\') {
      at += 1;
      text += escapes[raw.charAt(at)] ?? raw.charAt(at);
      continue;
    }
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth > 0) text += character;
  }
  const wide = text.startsWith('\xfe\xff');
  return { value: wide ? Buffer.from(text.slice(2), 'latin1').swap16().toString('utf16le') : text, end: at };
}

const isRef = (value: Value | undefined): value is Ref => typeof value === 'object' && value !== null && 'ref' in value;
const isDictionary = (value: Value | undefined): value is Dictionary =>
  typeof value === 'object' && value !== null && 'entries' in value && value.entries instanceof Map;
const list = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);
const textOf = (value: Value): string => (typeof value === 'string' ? value : '');
const nameOf = (value: Value | undefined): string =>
  typeof value === 'object' && value !== null && 'name' in value ? value.name : '';
