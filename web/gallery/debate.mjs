// The session that every picture is of: the same outcomes and market, each gallery with rounds of its own.

/** `rounds` say when and for how long, `eliminate` who leaves in each. */
export function debate({ seconds, rounds, eliminate }) {
  return {
    name: 'The great debate',
    question: 'Who will win the debate?',
    params: {
      n_outcomes: 5,
      outcome_names: ['Ada', 'Blaise', 'Carl', 'Dorothy', 'Emmy'],
      z: '5000',
      kappa_start: '0.0001',
      kappa_end: '0.00005',
      mr_enabled: true,
      total_duration: seconds,
      rounds,
    },
    script: { winner: { fixed: 3 }, eliminate },
  };
}
