// Single spikes: which two variants are held against each other, the beat of the periodic work, and the causes.

/** Steps between two runs of periodic work, as the system had them that the fixes come from. */
const USUAL_PERIODS = [500, 503, 1000, 100, 10];

/** Two variants, chosen once for all sections that show two: the reference and the last main one, at the beginning. */
function choice(verification) {
  const { variants } = verification;
  const at = name => variants.findIndex(variant => variant.name === name);
  const reference = Math.max(0, at(verification.reference));
  const others = [...variants, ...mainVariants(verification)]
    .map(variant => at(variant.name))
    .filter(index => index !== reference);
  const sides = [reference, ...others.slice(-1)];
  const listeners = [];
  const choose = (side, index) => {
    sides[side] = index;
    listeners.forEach(listener => listener());
  };
  const selectOf = side => {
    const select = element(
      'select',
      {},
      variants.map((variant, index) => element('option', { value: index }, variant.name))
    );
    const show = () => {
      select.value = String(sides[side]);
    };
    select.addEventListener('change', () => choose(side, Number(select.value)));
    listeners.push(show);
    show();
    return select;
  };
  return {
    variant: side => variants[sides[side]],
    controls: () =>
      sides.length < 2
        ? null
        : element(
            'div',
            { class: 'controls' },
            element('label', {}, 'Show', selectOf(0)),
            element('label', {}, 'against', selectOf(1))
          ),
    caption: (side, detail) => {
      const caption = element('span', { class: 'caption' });
      const show = () =>
        caption.replaceChildren(
          swatch(variants[sides[side]].name),
          variants[sides[side]].name,
          element('span', { class: 'under' }, detail(variants[sides[side]]))
        );
      listeners.push(show);
      show();
      return caption;
    },
    panels: make =>
      sides.map((unused, side) => {
        const made = make(side);
        listeners.push(made.redraw);
        return made.figure;
      })
  };
}

function spikeTip(spike) {
  const rows = [['total', time(spike.total_ns)]];
  for (const [key, name] of [
    ['decode_ns', 'decode'],
    ['book_ns', 'book'],
    ['engine_ns', 'engine'],
    ['order_ns', 'order'],
    ['follow_ns', 'follow']
  ]) {
    if (key in spike) {
      rows.push([name, spike[key] === null ? 'not stamped' : time(spike[key])]);
    }
  }
  rows.push(['operations', (spike.operations || []).join(', ') || 'none'], ['cause', spike.cause || 'not told']);
  if (isNumber(spike.record)) {
    rows.push(['market record', count(spike.record)]);
  }
  if (isNumber(spike.round)) {
    rows.push(['round', count(spike.round)]);
  }
  if (isNumber(spike.at_seconds)) {
    rows.push(['at', seconds(spike.at_seconds)]);
  }
  return tip('step ' + count(spike.step), rows);
}

/** In how many steps the periodic work comes again; cleanups count updates of a book instead. */
function periodsOf(verification) {
  if (!verification.periods) {
    return USUAL_PERIODS;
  }
  const told = Object.entries(verification.periods).filter(
    ([name, steps]) => !name.includes('updates') && isNumber(steps) && steps > 1
  );
  return [...new Set(told.map(([, steps]) => steps))];
}

/**
 * The place in the cycle where most steps with spikes are, and their share. A step counts once for all rounds: that the first
 * one is slow in every round says nothing of a period.
 */
function fullest(spikes, period) {
  const steps = new Set(spikes.map(spike => spike.step));
  const counts = new Map();
  steps.forEach(step => counts.set(step % period, (counts.get(step % period) || 0) + 1));
  const [place, most] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0]);
  return { place, most, share: steps.size > 0 ? most / steps.size : 0 };
}

const STRIP = { height: 58, gap: 56, top: 32 };
const FEWEST_TO_TELL = 5;

function stripsOption(variant, periods, highestNs, colours, width) {
  const grid = index => STRIP.top + index * (STRIP.height + STRIP.gap);
  return {
    title: periods.map((period, index) => {
      const { place, most, share } = fullest(variant.spikes, period);
      return {
        text:
          '{name|every ' +
          count(period) +
          ' steps}' +
          (most < FEWEST_TO_TELL
            ? ''
            : '{soft|   ' +
              percent(share) +
              ' at ' +
              place +
              (width < 300 ? '' : ', by chance ' + percent(1 / period)) +
              '}'),
        left: 0,
        top: grid(index) - 24,
        padding: 0,
        textStyle: {
          rich: {
            name: { color: colours.ink, fontSize: 12.5, fontWeight: 600 },
            soft: { color: colours.soft, fontSize: 12, fontWeight: 'normal' }
          }
        }
      };
    }),
    tooltip: tooltip(colours, { trigger: 'item', formatter: point => spikeTip(point.data.spike) }),
    grid: periods.map((period, index) => ({
      left: 52,
      right: 12,
      top: grid(index),
      height: STRIP.height,
      show: true,
      backgroundColor: colours.panel,
      borderWidth: 0
    })),
    xAxis: periods.map((period, index) =>
      axis(colours, {
        gridIndex: index,
        type: 'value',
        min: -period * 0.015,
        max: period * 1.015,
        splitLine: { show: false },
        axisLabel: {
          customValues: (period < 20 ? [0, 2, 4] : [0, 1, 2, 3, 4]).map(quarter => Math.round((period * quarter) / 4)),
          formatter: value => count(Math.round(value))
        }
      })
    ),
    yAxis: periods.map((period, index) =>
      axis(colours, {
        gridIndex: index,
        type: 'value',
        min: 0,
        max: highestNs,
        interval: highestNs / 2,
        axisLine: { show: false },
        axisLabel: { formatter: value => (value === 0 ? '0' : time(value, 2)), hideOverlap: false }
      })
    ),
    series: periods.map((period, index) => ({
      type: 'scatter',
      xAxisIndex: index,
      yAxisIndex: index,
      symbolSize: 4.5,
      clip: false,
      progressive: 0,
      itemStyle: { color: colourOf(variant.name, colours), opacity: 0.65 },
      data: variant.spikes.map(spike => ({ value: [spike.step % period, spike.total_ns], spike }))
    }))
  };
}

/** The next number that halves well. */
function roundAbove(value) {
  const power = powerBelow(value);
  return power * [1, 1.6, 2, 3, 4, 6, 8, 10].find(factor => factor * power >= value);
}

function cycleSection(id, verification, chosen) {
  const periods = periodsOf(verification);
  const highestNs = roundAbove(
    verification.variants
      .flatMap(variant => variant.spikes)
      .reduce((highest, spike) => Math.max(highest, spike.total_ns), 1)
  );
  const how =
    'Each spike at its step’s remainder by a period of the periodic work: points on one upright line mean that this work makes them, ' +
    'points spread evenly mean that it does not.';
  if (verification.variants.every(variant => variant.spikes.length === 0)) {
    return section(id, 'Spikes in the cycles of periodic work', how, absent('No variant has a spike.'));
  }
  const panels = chosen.panels(side =>
    chart({
      label: 'Spikes by their place in each period',
      points: true,
      caption: chosen.caption(side, variant =>
        variant.spikes.length === 0 ? 'no spike' : number(variant.spikes.length, 'spike')
      ),
      height: periods.length * (STRIP.height + STRIP.gap),
      option: (colours, width) => stripsOption(chosen.variant(side), periods, highestNs, colours, width)
    })
  );
  return section(
    id,
    'Spikes in the cycles of periodic work',
    how,
    chosen.controls(),
    element('div', { class: 'pair' }, panels)
  );
}

const UNEXPLAINED = 'unexplained';

function causeSection(id, verification) {
  const how =
    'What covered at least half of a spike’s time, by what the platform and the step itself are known to have done; “unexplained” ' +
    'is an answer, a guess is not.';
  const sum = variant => Object.values(variant.causes).reduce((all, each) => all + each, 0);
  const names = [...new Set(verification.variants.flatMap(variant => Object.keys(variant.causes)))].sort(
    (a, b) => (a === UNEXPLAINED) - (b === UNEXPLAINED) || a.localeCompare(b)
  );
  if (names.length === 0) {
    return section(id, 'Causes of spikes', how, absent('No variant has a spike of which a cause could be told.'));
  }
  const { variants } = verification;
  const made = chart({
    label: 'Spikes by cause of each variant',
    height: 90 + 34 * variants.length,
    option: (colours, width) =>
      bars(
        colours,
        width,
        variants,
        names.map((name, i) => ({
          name,
          colour: name === UNEXPLAINED ? colours.unknown : colours.parts[i % COLOURS],
          value: variant => variant.causes[name] || 0
        })),
        count,
        'spikes of all rounds'
      )
  });
  const rows = shown =>
    shown.map(variant => [
      element('th', { scope: 'row', class: 'first' }, named(variant.name)),
      cell(count(variant.spike_count)),
      cell(sum(variant) === 0 ? NONE : percent(1 - (variant.causes[UNEXPLAINED] || 0) / sum(variant)), 'figure'),
      ...names.map(name => cell(count(variant.causes[name] || 0)))
    ]);
  return section(
    id,
    'Causes of spikes',
    how,
    made.figure,
    tables(verification, shown =>
      table(
        'Causes of spikes',
        [[column('variant', 'text first'), column('spikes'), column('explained'), ...names.map(name => column(name))]],
        rows(shown)
      )
    )
  );
}
