// Small documents, as programs write them: enough of each that its type is told by its content.

/** One entry of a zip, stored as it is. */
interface Entry {
  readonly name: string;
  readonly content: string;
  readonly encrypted?: boolean;
}

function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const listed: Buffer[] = [];
  let at = 0;
  for (const { name, content, encrypted = false } of entries) {
    const [nameBytes, bytes] = [Buffer.from(name), Buffer.from(content)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(encrypted ? 1 : 0, 2);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, nameBytes, bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    listed.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, nameBytes]));
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(listed);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

function crc32(bytes: Buffer): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ -1) >>> 0;
}

/** @returns an archive; encrypted, it says that a password is needed */
export const emptyZip = ({ encrypted }: { readonly encrypted: boolean }): Buffer =>
  zip([{ name: 'letter.txt', content: 'twelve bytes and a little more', encrypted }]);

const contentTypes = (main: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;

const word = (main: string) =>
  zip([
    { name: '[Content_Types].xml', content: contentTypes(main) },
    { name: 'word/document.xml', content: '<w:document/>' },
  ]);

/** A document of each kind that is taken. */
export const documents = {
  pdf: (words = 'A risk assessment.') =>
    Buffer.from(`%PDF-1.4\n% ${words}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`),
  docx: () => word('application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'),
  odt: () =>
    zip([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
      { name: 'content.xml', content: '<office:document-content/>' },
    ]),
  jpeg: () => Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from('ffd9', 'hex')]),
  png: () =>
    Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  heic: () => Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from('ftypheic'), Buffer.alloc(4), Buffer.from('mif1heic')]),
} as const;

/** What is not taken, whatever its name says. */
export const others = {
  'a program for Windows': Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
  'a program for Linux': Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(200, 1)]),
  'a Word document with macros': word('application/vnd.ms-word.document.macroEnabled.main+xml'),
  'a page with a script': Buffer.from('<!doctype html><script>alert(1)</script>'),
  'an archive': emptyZip({ encrypted: false }),
  'plain text': Buffer.from('Just words.'),
} as const;
