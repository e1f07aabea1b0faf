// What the verification says: in words, as a table, and whether the outputs were equal.

const VERDICT_METRICS = ['mean', 'p99', 'p999', 'spikes_per_100k'];
const DESCRIPTIVE_METRICS = ['p50', 'p95', 'max'];

/** The variants but for those with which an ablation looks at single fixes, as legacy+4 and aegis-4. */
function mainVariants(verification) {
  const names = new Set(verification.variants.map(variant => variant.name));
  const fixes = new Set((verification.ablation || []).map(fix => String(fix.fix)));
  return verification.variants.filter(({ name }) => {
    const [, base, fix] = /^(.+)[+-](\d+)$/.exec(name) || [];
    return !(names.has(base) && fixes.has(fix));
  });
}

/** A table of the main variants, and one of the others that is folded away. */
function tables(verification, tableOf) {
  const main = mainVariants(verification);
  const single = verification.variants.filter(variant => !main.includes(variant));
  const unequal = single.filter(variant => !variant.equal).length;
  return [
    tableOf(main),
    single.length === 0
      ? null
      : element(
          'details',
          {},
          element(
            'summary',
            {},
            number(single.length, 'variant') +
              ' with single fixes switched' +
              (unequal === 0 ? '' : ', ' + count(unequal) + ' of them with other outputs')
          ),
          tableOf(single)
        )
  ];
}

const comparisonsOf = (verification, name) =>
  verification.comparisons.filter(comparison => comparison.variant === name);

const chip = verdict => element('span', { class: 'verdict ' + (TONES[verdict] || 'none') }, verdict);

function words(comparison) {
  const metric = metricName(comparison.metric);
  const figures = ratio(comparison) + ' of ' + comparison.against + ' ';
  switch (comparison.verdict) {
    case 'improved':
    case 'worse':
      return [metric + ' ' + comparison.verdict + ': ' + figures, element('small', {}, interval(comparison))];
    case 'machine too noisy':
      return [
        metric + ': the machine was too noisy for a verdict ',
        element('small', {}, ratio(comparison) + ' ' + interval(comparison))
      ];
    default:
      return [metric + ': ' + comparison.verdict + ' ', element('small', {}, figures + interval(comparison))];
  }
}

/** Equal outputs of which none is a decision prove nothing. */
const decidesNothing = verification =>
  verification.variants.some(variant => variant.name === verification.reference && variant.decisions === 0);

const named = name => element('span', { class: 'name' }, swatch(name), name);

function card(verification, variant) {
  const isReference = variant.name === verification.reference;
  const title = element('p', { class: 'name' }, swatch(variant.name), variant.name);
  if (!variant.equal) {
    const difference = variant.first_difference || 'its own trials do not agree with each other';
    return element(
      'div',
      { class: 'card bad' },
      title,
      element('p', { class: 'words' }, 'digests differ: no verdict'),
      element(
        'p',
        { class: 'under' },
        (isReference ? '' : 'First difference from ' + verification.reference + ': ') + difference
      )
    );
  }
  if (decidesNothing(verification)) {
    return element(
      'div',
      { class: 'card bad' },
      title,
      element('p', { class: 'words' }, 'nothing was decided: unproven'),
      element(
        'p',
        { class: 'under' },
        'Equal outputs without a decision prove nothing, and neither do latencies of steps that do not trade: lower the ' +
          'strategy’s thresholds, or take a range with more in it.'
      )
    );
  }
  const comparisons = comparisonsOf(verification, variant.name);
  if (comparisons.length === 0) {
    return element(
      'div',
      { class: 'card' },
      title,
      element('p', { class: 'words' }, 'same decisions; no verdict on latency'),
      element(
        'p',
        { class: 'under' },
        'Nothing was compared in ' +
          count(verification.rounds) +
          ' rounds: it takes more rounds, or a ' +
          'reference whose trials agree.'
      )
    );
  }
  const first = comparisons.find(comparison => comparison.metric === 'p99') || comparisons[0];
  return element(
    'div',
    { class: 'card ' + (TONES[first.verdict] || '') },
    title,
    element('p', { class: 'words' }, words(first)),
    element(
      'ul',
      {},
      comparisons
        .filter(comparison => comparison !== first)
        .map(comparison =>
          element(
            'li',
            {},
            element('span', {}, metricName(comparison.metric)),
            element('span', {}, ratio(comparison) + ' ', chip(comparison.verdict))
          )
        )
    )
  );
}

/** What the verification itself warns of, before anything that it says. */
function warnings(verification) {
  const sentences = verification.warnings || [];
  return sentences.length === 0
    ? null
    : element(
        'div',
        { class: 'warnings', role: 'note' },
        element('h4', {}, number(sentences.length, 'warning')),
        element(
          'ul',
          {},
          sentences.map(sentence => element('li', {}, sentence))
        )
      );
}

function headline(verification) {
  const shown = mainVariants(verification).filter(
    variant => variant.name !== verification.reference || !variant.equal || decidesNothing(verification)
  );
  const unequal = verification.variants.filter(variant => !variant.equal && !shown.includes(variant));
  return element(
    'div',
    { class: 'cards' },
    [...shown, ...unequal].map(variant => card(verification, variant))
  );
}

const rounds = comparison => (isNumber(comparison.rounds_needed) ? count(comparison.rounds_needed) : 'over 10,000');

/** Beyond tenfold the figure says only that these rounds show nothing. */
const effect = share => (share > 10 ? 'over ' + percent(10) : percent(share));

/** What these rounds could have shown, and how many would be needed. */
const power = comparison => [
  element('div', { class: 'under' }, 'could show ' + effect(comparison.smallest_effect)),
  element('div', { class: 'under' }, 'needs ' + rounds(comparison) + ' rounds')
];

function metricCell(variant, key, comparison, edge) {
  const spread = variant.metrics[key];
  if (!spread) {
    return cell(NONE, edge);
  }
  const text = METRICS[key].text;
  return element(
    'td',
    { class: edge },
    element('div', { class: 'figure' }, text(spread.median)),
    element('div', { class: 'under' }, between(spread.lowest, spread.highest, text)),
    comparison
      ? [
          element('div', { class: 'figure ratio' }, ratio(comparison)),
          element('div', { class: 'under' }, interval(comparison)),
          chip(comparison.verdict),
          power(comparison)
        ]
      : null
  );
}

function metricsTable(verification, variants, label) {
  const rows = variants.map(variant => {
    const comparisons = comparisonsOf(verification, variant.name);
    const against =
      comparisons.length > 0
        ? element('div', { class: 'under' }, 'against ' + comparisons[0].against)
        : element('div', { class: 'under' }, variant.name === verification.reference ? 'the reference' : 'no verdict');
    return [
      element('th', { scope: 'row', class: 'first' }, named(variant.name), against),
      ...VERDICT_METRICS.map(key =>
        metricCell(
          variant,
          key,
          comparisons.find(comparison => comparison.metric === key)
        )
      ),
      ...DESCRIPTIVE_METRICS.map((key, i) => metricCell(variant, key, null, i === 0 ? 'edge' : null))
    ];
  });
  return table(
    label,
    [
      [
        element('th', { scope: 'col', rowspan: 2, class: 'text first' }, 'variant'),
        element('th', { scope: 'colgroup', colspan: VERDICT_METRICS.length, class: 'group' }, 'with a verdict'),
        element('th', { scope: 'colgroup', colspan: DESCRIPTIVE_METRICS.length, class: 'group' }, 'descriptive')
      ],
      [
        ...VERDICT_METRICS.map(key => column(metricName(key))),
        ...DESCRIPTIVE_METRICS.map((key, i) => column(metricName(key), i === 0 ? 'edge' : null))
      ]
    ],
    rows
  );
}

function comparisonTable(verification) {
  return table(
    'All comparisons',
    [
      [
        column('variant', 'text first'),
        column('against', 'text'),
        column('metric', 'text'),
        column('ratio'),
        column(percent(1 - verification.alpha) + ' interval'),
        column('p, Holm'),
        column('p'),
        column('p, sign flip'),
        column('verdict', 'text'),
        column('could show'),
        column('rounds needed')
      ]
    ],
    verification.comparisons.map(comparison => [
      element('th', { scope: 'row', class: 'first' }, named(comparison.variant)),
      cell(comparison.against, 'text'),
      cell(metricName(comparison.metric), 'text'),
      cell(ratio(comparison), 'figure'),
      cell(interval(comparison)),
      cell(probability(comparison.adjusted_p_value)),
      cell(probability(comparison.p_value)),
      cell(probability(comparison.sign_flip_p_value)),
      element('td', { class: 'text' }, chip(comparison.verdict)),
      cell(effect(comparison.smallest_effect)),
      cell(rounds(comparison))
    ])
  );
}

function outputsChip(verification, variant) {
  const [tone, text] = !variant.equal
    ? ['bad', 'differ']
    : decidesNothing(verification)
      ? ['bad', 'unproven']
      : ['good', 'equal'];
  return element('span', { class: 'verdict ' + tone }, text);
}

function outputsTable(verification, variants) {
  return table(
    'Equality of outputs',
    [
      [
        column('variant', 'text first'),
        column('outputs', 'text'),
        column('digest', 'text'),
        column('decisions'),
        column('steps a trial'),
        column('forms of the fixes', 'text'),
        column('first difference', 'text')
      ]
    ],
    variants.map(variant => [
      element('th', { scope: 'row', class: 'first' }, named(variant.name)),
      element('td', { class: 'text' }, outputsChip(verification, variant)),
      element('td', { class: 'text' }, element('code', { title: variant.digest }, variant.digest.slice(0, 12))),
      cell(count(variant.decisions)),
      cell(count(variant.steps)),
      cell(forms(variant), 'text wide under'),
      cell(variant.first_difference || NONE, 'text wide under')
    ])
  );
}

/** The fixes of a form together: before 1, 4; aegis 2, 3. */
function forms(variant) {
  const byForm = new Map();
  Object.entries(variant.forms || {}).forEach(([fix, form]) => byForm.set(form, [...(byForm.get(form) || []), fix]));
  return [...byForm].map(([form, fixes]) => form + ' ' + fixes.join(', ')).join('; ') || NONE;
}

function verdictSection(id, verification) {
  return section(
    id,
    'Verdict',
    'Each figure is the median of ' +
      count(verification.rounds) +
      ' rounds over the lowest and highest; a ratio ' +
      'below 1 is faster than the reference, its interval holds the truth in ' +
      percent(1 - verification.alpha) +
      ' of verifications, and ' +
      '“could show” is the smallest change that these rounds would have found, “needs” how many rounds would show what was seen.',
    decidesNothing(verification)
      ? absent('Unproven: nothing was decided, so all this was measured of steps that never traded.')
      : null,
    tables(verification, variants => metricsTable(verification, variants, 'Verdict by variant and metric')),
    verification.comparisons.length > 0
      ? element(
          'details',
          {},
          element('summary', {}, 'All comparisons with their p-values'),
          comparisonTable(verification)
        )
      : absent('No comparisons: nothing was compared, so there are no ratios.')
  );
}

function outputsSection(id, verification) {
  return section(
    id,
    'Equality of outputs',
    'A latency counts only if the decisions are the same: a digest covers every decision and the ' +
      'books, and one that differs takes the verdict away; so does a run that decides nothing.',
    tables(verification, variants => outputsTable(verification, variants))
  );
}
