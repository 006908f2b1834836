// Buys by Manifold's own code (cpmm-multi-1, answers that sum to one), as a table to hold ours against: buys.json.
// Their code stays where it is. In a directory with a checkout of github.com/manifoldmarkets/manifold:
//
//   npm install esbuild lodash
//   npx esbuild manifold/common/src/calculate-cpmm-arbitrage.ts --bundle --platform=node --alias:common=./manifold/common/src --outfile=theirs.cjs
//   node make.mjs ./theirs.cjs "$(git -C manifold rev-parse HEAD)" > buys.json

import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [, , bundle, commit] = process.argv;
const { calculateCpmmMultiArbitrageBet } = createRequire(import.meta.url)(resolve(bundle));
const NO_FEES = { creatorFee: 0, platformFee: 0, liquidityFee: 0 };
const BUYS = 16;

/** Even random numbers below 1 (xorshift); never of seed 0. */
function dice(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** As their markets open: the whole ante works, every answer at 1/n. */
function open(n, ante) {
  const [poolYes, poolNo] = [ante / 2, ante / (2 * n - 2)];
  return Array.from({ length: n }, (_, index) => ({ id: String(index), index, poolYes, poolNo, prob: 1 / n }));
}

function buy(answers, outcome, side, amount) {
  const result = calculateCpmmMultiArbitrageBet(answers, answers[outcome], side, amount, undefined, [], {}, NO_FEES);
  const { newBetResult, otherBetResults } = result;
  const sum = (takers, field) => takers.reduce((all, taker) => all + taker[field], 0);
  const legs = [{ ...newBetResult, answer: answers[outcome] }, ...otherBetResults];
  for (const { answer, cpmmState } of legs) {
    const { YES, NO } = cpmmState.pool;
    Object.assign(answers[answer.index], { poolYes: YES, poolNo: NO, prob: NO / (YES + NO) });
  }
  return {
    outcome,
    side,
    amount,
    spent: sum(newBetResult.takers, 'amount'),
    tokens: sum(newBetResult.takers, 'shares'),
    p_yes: answers.map(({ prob }) => prob),
  };
}

const games = [];
for (const [seed, n, ante] of [[11, 3, 1_000], [12, 4, 5_000], [13, 5, 5_000], [14, 7, 20_000], [15, 10, 5_000]]) {
  const [answers, next, buys] = [open(n, ante), dice(seed), []];
  next();
  for (let number = 0; number < BUYS; number += 1) {
    const outcome = Math.floor(next() * n);
    const side = next() < 0.6 ? 'YES' : 'NO';
    const amount = Math.round(ante * 0.001 * 40 ** next() * 1e6) / 1e6;
    buys.push(buy(answers, outcome, side, amount));
  }
  games.push({ n, ante, buys });
}
process.stdout.write(`${JSON.stringify({ source: 'manifoldmarkets/manifold', commit, games })}\n`);
