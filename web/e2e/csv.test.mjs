import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCsv } from './lib/csv.mjs';

test('quotes, commas and line ends inside fields are text', () => {
  const rows = parseCsv('name,size\r\n"Ada, ""the first""",1.5\r\n"two\nlines",2\r\n');
  assert.deepEqual(rows, [
    { name: 'Ada, "the first"', size: '1.5' },
    { name: 'two\nlines', size: '2' },
  ]);
});

test('a row that is too short is refused', () => {
  assert.throws(() => parseCsv('a,b\n1\n'), /row 1 has 1 fields/);
});
