// Every worked scenario and case, random sessions, and sessions of the lab with every mechanism, natively and as WASM: the
// same text, hashes included.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { scenario } from './random.mjs';

const { OUTCRY_SCENARIO_BIN, OUTCRY_PARITY_MODULE, OUTCRY_SCENARIOS_DIR, OUTCRY_PARITY_SESSIONS } = process.env;
const { OUTCRY_LAB_BIN, OUTCRY_PRESETS_DIR } = process.env;
// Of one scenario, in bytes.
const OUTPUT_MAX = 1 << 26;
// Random sessions when nothing is said.
const SESSIONS = 120;
const { rehearseLab, runScenario, runLab } = createRequire(import.meta.url)(OUTCRY_PARITY_MODULE);

/** What both print; of a scenario that one refuses and the other does too, nothing. */
function same(input) {
  const native = spawnSync(OUTCRY_SCENARIO_BIN, { input, encoding: 'utf8', maxBuffer: OUTPUT_MAX });
  if (native.status === 2) {
    assert.throws(() => runScenario(input));
    return '';
  }
  assert.equal(native.status, 0, native.stderr);
  assert.match(native.stdout, /"state_hash":"[0-9a-f]{64}"/);
  assert.equal(runScenario(input).trim(), native.stdout.trim());
  return native.stdout;
}

for (const folder of ['vectors', 'cases']) {
  const files = readdirSync(join(OUTCRY_SCENARIOS_DIR, folder)).filter((name) => name.endsWith('.json'));
  test(`there are ${folder} to compare`, () => assert.ok(files.length > 0));
  for (const file of files) {
    test(file, () => {
      const { scenario } = JSON.parse(readFileSync(join(OUTCRY_SCENARIOS_DIR, folder, file), 'utf8'));
      same(JSON.stringify(scenario));
    });
  }
}

// Without these a comparison would say nothing about them.
const MUST_BE_SEEN = [
  '"fill_type":"AMM"',
  '"fill_type":"LOB"',
  '"fill_type":"MINT"',
  '"fill_type":"MERGE"',
  '"fill_type":"AUTO_FILL"',
  '"type":"REBATE"',
  '"type":"REFUND"',
  '"type":"ELIMINATION"',
  '"type":"RENORMALISATION"',
  '"type":"FINAL"',
  '"reason":"slippage',
  '"reason":"needs at least',
  '"reason":"insufficient tokens',
  '"reason":"the pool pays nothing more',
  '"reason":"the average price would be',
];

test('random sessions', () => {
  const sessions = Number(OUTCRY_PARITY_SESSIONS ?? SESSIONS);
  const seen = new Map(MUST_BE_SEEN.map((text) => [text, 0]));
  const modes = new Set();
  for (let seed = 1; seed <= sessions; seed += 1) {
    const session = scenario(seed);
    let printed;
    try {
      printed = same(JSON.stringify(session));
    } catch (error) {
      throw new Error(`session ${seed}: ${error.message}`, { cause: error });
    }
    assert.notEqual(printed, '', `session ${seed} was refused`);
    for (const [text, times] of seen) seen.set(text, times + printed.split(text).length - 1);
    modes.add(session.params.interpolation_mode);
  }
  assert.deepEqual([...modes].sort(), ['continue', 'reset']);
  for (const [text, times] of seen) assert.ok(times >= 5, `${text} hardly came up: ${times} times`);
});

// Traders, cards, beliefs and every rule's mathematics: whatever differs by a bit differs in the digest.
for (const maker of ['engine', 'lmsr', 'ls_lmsr', 'fpmm', 'cpmm_multi', 'pm_amm', 'book']) {
  test(`a session of the lab: ${maker}`, () => {
    const preset = join(OUTCRY_PRESETS_DIR, 'demo.json');
    for (const seed of [1, 2]) {
      const options = ['run', preset, '--maker', maker, '--seed', String(seed)];
      const native = spawnSync(OUTCRY_LAB_BIN, options, { encoding: 'utf8', maxBuffer: OUTPUT_MAX });
      assert.equal(native.status, 0, native.stderr);
      const [, row] = native.stdout.trim().split('\n');
      assert.match(row, /[0-9a-f]{64}$/);
      assert.equal(runLab(readFileSync(preset, 'utf8'), maker, seed), row, `seed ${seed}`);
    }
  });
}

test('a rehearsal: one sheet', () => {
  const preset = join(OUTCRY_PRESETS_DIR, 'demo.json');
  const options = ['rehearse', preset, '--sessions', '3', '--budget', '20', '--json'];
  const native = spawnSync(OUTCRY_LAB_BIN, options, { encoding: 'utf8', maxBuffer: OUTPUT_MAX });
  assert.equal(native.status, 0, native.stderr);
  const { hash } = JSON.parse(native.stdout);
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.equal(rehearseLab(readFileSync(preset, 'utf8'), 3, 20), hash);
});
