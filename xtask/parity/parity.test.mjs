// Every worked scenario, natively and as WASM: the same text, state hashes included.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';

const { OUTCRY_SCENARIO_BIN, OUTCRY_PARITY_MODULE, OUTCRY_VECTORS } = process.env;
const { runScenario } = createRequire(import.meta.url)(OUTCRY_PARITY_MODULE);
const files = readdirSync(OUTCRY_VECTORS).filter((name) => name.endsWith('.json'));

test('there are scenarios to compare', () => assert.ok(files.length > 0));

for (const file of files) {
  test(file, () => {
    const { scenario } = JSON.parse(readFileSync(join(OUTCRY_VECTORS, file), 'utf8'));
    const input = JSON.stringify(scenario);
    const native = spawnSync(OUTCRY_SCENARIO_BIN, { input, encoding: 'utf8' });
    assert.equal(native.status, 0, native.stderr);
    assert.match(native.stdout, /"state_hash":"[0-9a-f]{64}"/);
    assert.equal(runScenario(input).trim(), native.stdout.trim());
  });
}
