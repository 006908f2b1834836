// Random scenarios, seeded: every mode and switch, parameters that change on the way, exponents that are no
// whole numbers, rounds and eliminations by hand, trades that run into the cap and orders that can only be refused.

/** Even random numbers (xorshift); never of seed 0. */
class Dice {
  constructor(seed) {
    this.state = seed;
    // Neighbouring seeds begin alike.
    for (let turn = 0; turn < 8; turn += 1) this.next();
  }

  next() {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return this.state >>> 0;
  }

  /** From 0 to below `end`. */
  below(end) {
    return this.next() % end;
  }

  onceIn(times) {
    return this.below(times) === 0;
  }

  pick(choices) {
    return choices[this.below(choices.length)];
  }

  /** A whole number of `low` to `high`, every size as likely as its double. */
  ofAnySize(low, high) {
    let top = high;
    while (top > low && !this.onceIn(4)) top = Math.max(low, Math.floor(top / 4));
    return low + this.below(top - low + 1);
  }
}

/** Units of 10^-places as a decimal text. */
function decimal(units, places) {
  const digits = String(units).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

const micros = (units) => decimal(units, 6);
const USERS = ['ann', 'bob', 'cyd', 'dan', 'eve'];
const STEPS = 30;

function params(dice) {
  const outcomes = dice.pick([3, 4, 5, 10]);
  const pMax = dice.pick([680_000, 700_000, 900_000, 990_000, 999_000]);
  const zeta = () => decimal(dice.below(Math.floor(990_000_000 / (outcomes - 1))), 9);
  const weight = () => dice.pick(['1', '1', '2', '0.001', '17.000000003', '1000']);
  const kappa = () => dice.pick(['0', '0.00001', '0.0001', '0.001', '0.000123457']);
  return {
    n_outcomes: outcomes,
    z: String(outcomes * dice.pick([1_000, 10_000, 3_333])),
    gamma: dice.pick(['0', '0.0001', '0.000999999']),
    mu_start: weight(),
    mu_end: weight(),
    nu_start: weight(),
    nu_end: weight(),
    kappa_start: kappa(),
    kappa_end: kappa(),
    zeta_start: zeta(),
    zeta_end: zeta(),
    interpolation_mode: dice.pick(['continue', 'reset']),
    f: dice.pick(['0', '0.01', '0.049999999']),
    p_max: micros(pMax),
    p_min: dice.pick(['0.01', '0.3', '0.000001']),
    eta: decimal(1_000_000_001 + dice.below(9_000_000_000), 9),
    tick_size: dice.pick(['0.001', '0.005', '0.01']),
    f_match: dice.pick(['0', '0.005', '0.019999999']),
    sigma: dice.pick(['0', '0.5', '1', '0.333333333']),
    af_cap_frac: dice.pick(['0.1', '0.2']),
    af_max_pools: dice.pick([1, 3, 5]),
    af_max_surplus: dice.pick(['0.05', '1']),
    renorm_cap: micros(dice.pick([500_001, pMax])),
    cm_enabled: !dice.onceIn(4),
    af_enabled: !dice.onceIn(4),
    mr_enabled: true,
    vc_enabled: !dice.onceIn(4),
    gas_fee: dice.pick(['0', '0', '0.05']),
    total_duration: 900,
    rounds: [
      { at_s: 300, freeze_s: 15 },
      { at_s: 600, freeze_s: 0 },
    ],
  };
}

function limit(dice, { tick_size, p_min, p_max }) {
  const [tick, low, high] = [tick_size, p_min, p_max].map((text) => Math.round(Number(text) * 1e6));
  const [first, last] = [Math.ceil(low / tick), Math.floor(high / tick)];
  const ticks = dice.pick([first + dice.below(last - first + 1), Math.floor(500_000 / tick) - dice.below(9), last]);
  return micros(Math.min(Math.max(ticks, first), last) * tick);
}

function order(dice, params, id, now) {
  const isLimit = dice.onceIn(2);
  const common = {
    order_id: id,
    user_id: dice.pick(USERS),
    // Mostly a few, so that orders meet.
    outcome_i: dice.onceIn(4) ? dice.below(params.n_outcomes) : dice.below(2),
    yes_no: dice.pick(['YES', 'NO']),
    is_buy: !dice.onceIn(3),
    type: isLimit ? 'LIMIT' : 'MARKET',
    size: micros(dice.ofAnySize(10_000, 4_000_000_000)),
    ts_ms: now - dice.below(1_000),
  };
  return isLimit
    ? { ...common, limit_price: limit(dice, params), af_opt_in: !dice.onceIn(3) }
    : { ...common, max_slippage: dice.pick(['0', '0.05', '0.333333333', '1000', '1000']) };
}

/** Two of three outcomes, where a purchase runs into the cap beside opted-in bids that stand at it: the buyer gets
 * part of the penalty back. */
function walled(dice) {
  const given = {
    ...params(dice),
    n_outcomes: 3,
    z: '30000',
    q0: '48',
    gamma: '0',
    mu_start: '10',
    mu_end: '10',
    nu_start: '1',
    nu_end: '1',
    kappa_start: '0',
    kappa_end: '0',
    zeta_start: '0.43',
    zeta_end: '0.43',
    p_max: '0.68',
    p_min: '0.01',
    renorm_cap: '0.68',
    eta: decimal(5_690_000_000 + dice.below(20_000_000), 9),
    tick_size: '0.001',
    f: '0',
    f_match: '0',
    sigma: '1',
    af_cap_frac: '0.2',
    af_max_pools: 5,
    af_max_surplus: '1',
    cm_enabled: false,
    af_enabled: true,
  };
  let number = 0;
  const buy = (outcome_i, yes_no, tokens, rest) => {
    number += 1;
    const [order_id, size] = [`w${number}`, String(tokens)];
    return { order_id, user_id: 'ann', outcome_i, yes_no, is_buy: true, size, ...rest };
  };
  const bid = (outcome, price, tokens, af_opt_in) =>
    buy(outcome, 'NO', tokens, { type: 'LIMIT', limit_price: micros(price), af_opt_in });
  const ticks = [
    [bid(1, 680_000, 19_500 + dice.below(1_000), true)],
    [bid(0, 680_000, 20_000, false)],
    [1, 2, 3, 4].map((nth) => bid(1, 680_000 - 1_000 * nth, 5_000, true)),
    ...Array.from({ length: 8 }, () => []),
    [buy(0, 'YES', 16_800 + dice.below(160), { user_id: 'bob', type: 'MARKET', max_slippage: '1000' })],
  ];
  const steps = ticks.map((orders, tick) => ({ now_ms: 200 + tick, orders }));
  return { given, before: [{ now_ms: 100, eliminate: [2] }, ...steps] };
}

/** Seed 1 and up. */
export function scenario(seed) {
  const dice = new Dice(seed);
  const isWalled = dice.onceIn(8);
  const { given, before } = isWalled ? walled(dice) : { given: params(dice), before: [] };
  const balance = () => (isWalled ? '1000000' : dice.pick(['100', '10000.000001', '1000000']));
  const tokens = () =>
    isWalled || dice.onceIn(3) ? [] : [{ outcome_i: dice.below(2), yes_no: 'YES', tokens: micros(dice.ofAnySize(1, 1_000_000_000)) }];
  const users = USERS.map((user_id) => ({ user_id, balance: balance(), tokens: tokens() }));
  const left = Array.from({ length: isWalled ? 2 : given.n_outcomes }, (_, outcome) => outcome);
  const [steps, ids] = [[...before], []];
  let [now, held] = [1_000, 0];
  for (let step = 0; step < STEPS; step += 1) {
    now += 1_000 + dice.below(60_000);
    if (left.length > 2 && dice.onceIn(8)) {
      const gone = left.splice(1 + dice.below(left.length - 1), 1);
      const round = held < given.rounds.length && dice.onceIn(2) ? { round: held } : {};
      held += 'round' in round ? 1 : 0;
      steps.push({ now_ms: now, eliminate: gone, ...round });
      continue;
    }
    const orders = Array.from({ length: dice.below(8) }, (_, index) => order(dice, given, `o${step}-${index}`, now));
    const cancels = dice.onceIn(3) && ids.length > 0 ? [{ order_id: dice.pick(ids), user_id: dice.pick(USERS) }] : [];
    ids.push(...orders.map((order) => order.order_id));
    const quote = dice.onceIn(3) ? { quote: order(dice, given, `q${step}`, now) } : {};
    steps.push({ now_ms: now, orders, cancels, ...quote });
  }
  steps.push({ now_ms: now + 1_000, settle: left[0] });
  return { params: given, users, steps };
}
