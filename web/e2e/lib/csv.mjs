// CSV as RFC 4180 has it: rows of named fields.

export function parseCsv(text) {
  const rows = [[]];
  let field = '';
  let isQuoted = false;
  const endField = () => {
    rows.at(-1).push(field);
    field = '';
  };
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (isQuoted && char === '"' && text[index + 1] === '"') {
      field += '"';
      index += 1;
    } else if (char === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && char === ',') {
      endField();
    } else if (!isQuoted && char === '\n') {
      endField();
      rows.push([]);
    } else if (isQuoted || char !== '\r') {
      field += char;
    }
  }
  if (isQuoted) throw new Error('a quoted field has no end');
  if (field !== '' || rows.at(-1).length > 0) endField();
  const [header, ...records] = rows.filter((row) => row.length > 0);
  const uneven = records.findIndex((row) => row.length !== header.length);
  if (uneven !== -1) throw new Error(`row ${uneven + 1} has ${records[uneven].length} fields, the header ${header.length}`);
  return records.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column]])));
}
