// A session for tests: small, with one round that the host brings forward.

export const SHORT_SESSION = {
  name: 'Evening session',
  params: {
    n_outcomes: 4,
    outcome_names: ['North', 'East', 'South', 'West'],
    z: '5000',
    kappa_start: '0.0001',
    kappa_end: '0.00005',
    mr_enabled: true,
    total_duration: 3600,
    rounds: [{ at_s: 1800, freeze_s: 3 }],
  },
};
