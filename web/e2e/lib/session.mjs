// Sessions for tests, small.

const MARKET = {
  n_outcomes: 4,
  outcome_names: ['North', 'East', 'South', 'West'],
  z: '5000',
  kappa_start: '0.0001',
  kappa_end: '0.00005',
  mr_enabled: true,
};

/** With one round that the host brings forward, or that never comes. */
export const SHORT_SESSION = {
  name: 'Evening session',
  question: 'Which wind blows tonight?',
  params: { ...MARKET, total_duration: 3600, rounds: [{ at_s: 1800, freeze_s: 3 }] },
};

/** The same, with time to look at who leaves. */
export const EVENING_SESSION = {
  name: 'Short evening',
  params: { ...MARKET, total_duration: 3600, rounds: [{ at_s: 1800, freeze_s: 12 }] },
};
