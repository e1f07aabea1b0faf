// What each fix does by itself, seen from both ends.

const WIDEST = 64;

const sides = fix => [fix.from_legacy, fix.from_aegis];

const inMetric = (comparisons, metric) => comparisons.find(comparison => comparison.metric === metric);

/** The ends of the axis: powers of two around all intervals and 1. */
function effectRange(ablation, metric) {
  const ends = ablation
    .flatMap(fix => sides(fix))
    .map(comparisons => inMetric(comparisons, metric))
    .filter(Boolean)
    .flatMap(comparison => [comparison.low, comparison.ratio, comparison.high])
    .filter(end => isNumber(end) && end > 0);
  const inside = end => Math.min(WIDEST, Math.max(1 / WIDEST, end));
  return {
    min: 2 ** Math.floor(Math.log2(inside(Math.min(0.7, ...ends)))),
    max: 2 ** Math.ceil(Math.log2(inside(Math.max(1.4, ...ends))))
  };
}

/** An interval as a bar with its ratio as a dot. */
function intervalMark(colour, paper, offset) {
  return (params, api) => {
    const y = api.coord([1, api.value(0)])[1] + offset;
    const [x, low, high] = [1, 2, 3].map(dimension => api.coord([api.value(dimension), 0])[0]);
    const { x: left, width } = params.coordSys;
    const within = place => Math.min(left + width, Math.max(left, place));
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: { x: within(low), y: y - 4, width: Math.max(2, within(high) - within(low)), height: 8, r: 4 },
          style: { fill: colour, opacity: 0.4 }
        },
        {
          type: 'circle',
          shape: { cx: within(x), cy: y, r: 4 },
          style: { fill: colour, stroke: paper, lineWidth: 1.5 }
        }
      ]
    };
  };
}

function effectSeries(ablation, metric, side, colours) {
  const comparisons = ablation.map(fix => inMetric(sides(fix)[side], metric));
  const against = ablation.flatMap(fix => sides(fix)[side]).map(comparison => comparison.against)[0];
  if (against === undefined) {
    return null;
  }
  const range = effectRange(ablation, metric);
  const inside = (end, otherwise) => (isNumber(end) && end > 0 ? end : otherwise);
  const colour = colourOf(against, colours);
  return {
    type: 'custom',
    name: side === 0 ? 'added alone to ' + against : 'taken alone from ' + against,
    itemStyle: { color: colour },
    renderItem: intervalMark(colour, colours.paper, side === 0 ? -9 : 9),
    encode: { x: [1, 2, 3], y: 0 },
    clip: false,
    data: comparisons
      .map((comparison, index) =>
        comparison && isNumber(comparison.ratio)
          ? {
              value: [index, comparison.ratio, inside(comparison.low, range.min), inside(comparison.high, range.max)],
              comparison
            }
          : null
      )
      .filter(Boolean)
  };
}

function effectOption(ablation, metric, colours, width) {
  const series = [0, 1].map(side => effectSeries(ablation, metric, side, colours)).filter(Boolean);
  const narrow = width < 620;
  if (series.length > 0) {
    series[0].markLine = {
      silent: true,
      symbol: 'none',
      data: [{ xAxis: 1 }],
      label: { show: false },
      lineStyle: { color: colours.soft, width: 1.2, type: 'solid' }
    };
  }
  return {
    legend: legend(colours, { itemWidth: 12, itemHeight: 12, data: series.map(each => each.name) }),
    grid: { left: 4, right: 22, top: 34, bottom: 26, containLabel: true },
    tooltip: tooltip(colours, {
      trigger: 'item',
      formatter: ({ data: { comparison } }) =>
        tip(comparison.variant + ' against ' + comparison.against, [
          [metricName(metric), ratio(comparison)],
          ['interval', interval(comparison)],
          ['verdict', comparison.verdict]
        ])
    }),
    xAxis: axis(colours, {
      type: 'log',
      logBase: 2,
      ...effectRange(ablation, metric),
      name: metricName(metric) + ', ratio',
      nameGap: 26,
      axisLabel: { formatter: value => trimmed(value, 3) + '×' }
    }),
    yAxis: axis(colours, {
      type: 'category',
      inverse: true,
      data: ablation.map(fix => (narrow ? 'fix ' + fix.fix : fix.fix + '  ' + fix.title)),
      axisLabel: { color: colours.ink, fontSize: 12.5, hideOverlap: false, interval: 0 },
      splitLine: { show: true, lineStyle: { color: colours.grid } }
    }),
    series
  };
}

/** A verdict as it speaks about the fix: what is worse without it speaks for it. */
const WITHOUT = { improved: ['improved without it', 'bad'], worse: ['worse without it', 'good'] };

function effectCell(comparisons, metric, isTaken) {
  const comparison = inMetric(comparisons, metric);
  if (!comparison) {
    return cell('not tried');
  }
  const [text, tone] = (isTaken && WITHOUT[comparison.verdict]) || [
    comparison.verdict,
    TONES[comparison.verdict] || 'none'
  ];
  return element(
    'td',
    {},
    element('span', { class: 'figure' }, ratio(comparison)),
    ' ',
    element('span', { class: 'under' }, interval(comparison)),
    element('div', {}, element('span', { class: 'verdict ' + tone }, text)),
    power(comparison)
  );
}

function effectTable(ablation, metric) {
  return table(
    'What each fix does by itself',
    [
      [
        column('fix', 'text first'),
        column('claimed', 'text'),
        column('added alone, ' + metricName(metric)),
        column('taken alone, ' + metricName(metric))
      ]
    ],
    ablation.map(fix => [
      element('th', { scope: 'row', class: 'first' }, String(fix.fix) + '  ' + fix.title),
      cell(fix.claim, 'text wide'),
      effectCell(fix.from_legacy, metric, false),
      effectCell(fix.from_aegis, metric, true)
    ])
  );
}

function ablationSection(id, verification) {
  const { ablation } = verification;
  const how =
    'A fix that helps by itself is below 1 where it is added alone, and above 1 where it is taken away alone; a bar that reaches ' +
    'across 1 shows no effect.';
  if (!ablation || ablation.length === 0) {
    return section(
      id,
      'Each fix by itself',
      how,
      absent('No ablation was asked for: aegis verify --ablate tries each fix by itself.')
    );
  }
  const metrics = VERDICT_METRICS.filter(key =>
    ablation.some(fix => sides(fix).some(comparisons => inMetric(comparisons, key)))
  );
  if (metrics.length === 0) {
    return section(
      id,
      'Each fix by itself',
      how,
      absent('The ablation has no comparison: its variants decided something else, or had too few rounds.')
    );
  }
  let metric = metrics.includes('p99') ? 'p99' : metrics[0];
  const made = chart({
    label: 'Ratio of each fix with its interval, from both ends',
    height: 100 + 46 * ablation.length,
    option: (colours, width) => effectOption(ablation, metric, colours, width)
  });
  const shown = element('div', {}, effectTable(ablation, metric));
  const buttons = metrics.map(key => {
    const button = element('button', { type: 'button', 'aria-pressed': String(key === metric) }, metricName(key));
    button.addEventListener('click', () => {
      metric = key;
      buttons.forEach((each, i) => each.setAttribute('aria-pressed', String(metrics[i] === key)));
      shown.replaceChildren(effectTable(ablation, metric));
      made.redraw();
    });
    return button;
  });
  return section(
    id,
    'Each fix by itself',
    how,
    element('div', { class: 'controls', role: 'group', 'aria-label': 'Metric' }, buttons),
    made.figure,
    shown
  );
}
