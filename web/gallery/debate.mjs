// The sessions that pictures are of: the market of the preset that people play, each with rounds of its own.

/** Of the preset "party", for so many outcomes: the maker's tokens are 0.55 of what it has for each. */
export function party(outcomes) {
  return {
    z: '5000', q0: ((0.55 * 5000) / outcomes).toFixed(6), kappa_start: '0.0005', kappa_end: '0.0005',
    zeta_start: '0.15', zeta_end: '0.15', mr_enabled: true,
  };
}

/** `rounds` say when and for how long, `eliminate` who leaves in each. */
export function debate({ seconds, rounds, eliminate }) {
  return {
    name: 'The great debate',
    question: 'Who will win the debate?',
    params: {
      ...party(5),
      n_outcomes: 5,
      outcome_names: ['Ada', 'Blaise', 'Carl', 'Dorothy', 'Emmy'],
      total_duration: seconds,
      rounds,
    },
    script: { winner: { fixed: 3 }, eliminate },
  };
}
