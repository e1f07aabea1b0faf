// Whether spikes keep time with periodic work, and with which: judged by what ran in them.

/** What runs in steps that come again: its name in a spike, and the key of its period by the forms of a variant's fixes. */
const WORKS = [
  {
    operation: 'gc_collect',
    name: 'Full collection',
    unit: 'steps',
    key: forms => (forms[2] === 'before' ? 'collect_steps' : null)
  },
  {
    operation: 'json_dump',
    name: 'Dump of the state',
    unit: 'steps',
    key: forms => (forms[1] === 'aegis' ? null : forms[5] === 'before' ? 'dump_steps' : 'seed_dump_steps')
  },
  {
    operation: 'csv_flush',
    name: 'Log sent out',
    unit: 'lines',
    key: forms => ({ before: 'log_lines', seed: 'seed_log_lines' })[forms[1]]
  },
  {
    operation: 'status_line',
    name: 'Status line',
    unit: 'steps',
    key: forms => ({ before: 'status_steps', seed: 'seed_status_steps' })[forms[6]]
  }
];

/** After how many steps, or lines, a work comes again in a variant; null where it does not run in the steps. */
function periodIn(verification, variant, work) {
  const key = variant.forms ? work.key(variant.forms) : null;
  const period = key && verification.periods ? verification.periods[key] : null;
  return isNumber(period) ? period : null;
}

/** Whose period a variant's spikes are shown over: its own, else that of the one beside it, else of any that has one. */
const holder = (verification, shown, beside, work) =>
  [shown, beside, ...verification.variants].find(variant => periodIn(verification, variant, work) !== null);

const every = (period, work) => 'every ' + count(period) + ' ' + work.unit;

const ran = (spike, work) => (spike.operations || []).includes(work.operation);

const ranAlone = (spike, work) => ran(spike, work) && spike.operations.length === 1;

/** Whether a work is known to come at 0 of its cycle: lines are steps only where a single product is traded. */
function hasPlace(verification, variant, work) {
  const period = periodIn(verification, variant, work);
  const recorded = variant.spikes.filter(spike => ran(spike, work));
  return (
    period !== null &&
    (work.unit === 'steps' || (recorded.length > 0 && recorded.every(spike => spike.step % period === 0)))
  );
}

/**
 * The place in a cycle where most steps with spikes are, the lowest of several. A step counts once for all rounds: that the
 * first one is slow in every round says nothing of a period.
 */
function fullest(spikes, period) {
  const steps = new Set(spikes.map(spike => spike.step));
  const counts = new Map();
  steps.forEach(step => counts.set(step % period, (counts.get(step % period) || 0) + 1));
  const [place, most] = [...counts]
    .sort(([first], [second]) => first - second)
    .reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0]);
  return { place, most, steps: steps.size };
}

/**
 * The smallest number that the fullest of equally likely places reaches in a given share of cases at most: the tail of the
 * binomial distribution, times the places (Bonferroni).
 */
function beyondChance(steps, places, share) {
  const logs = [steps * Math.log(1 - 1 / places)];
  for (let held = 1; held <= steps; held++) {
    logs.push(logs[held - 1] + Math.log((steps - held + 1) / held / (places - 1)));
  }
  let held = steps + 1;
  let tail = 0;
  while (held > 0 && (tail + Math.exp(logs[held - 1])) * places <= share) {
    held--;
    tail += Math.exp(logs[held]);
  }
  return held;
}

function coincidence(variant, work) {
  const { spikes } = variant;
  if (spikes.every(spike => !spike.operations)) {
    return 'What ran in these spikes is not told.';
  }
  const all = number(spikes.length, spikes.length < variant.spike_count ? 'kept spike' : 'spike');
  const recorded = spikes.filter(spike => ran(spike, work));
  if (recorded.length === 0) {
    return 'Ran in none of ' + all + '.';
  }
  const alone = recorded.filter(spike => ranAlone(spike, work)).length;
  const others = new Map();
  recorded
    .flatMap(spike => spike.operations)
    .filter(operation => operation !== work.operation)
    .forEach(operation => others.set(operation, (others.get(operation) || 0) + 1));
  return (
    'Ran in ' +
    count(recorded.length) +
    ' of ' +
    all +
    ': ' +
    count(alone) +
    ' alone, ' +
    count(recorded.length - alone) +
    ' together with other work' +
    (others.size === 0 ? '' : ' (' + [...others].map(([name, times]) => name + ' ' + count(times)).join(', ') + ')') +
    '.'
  );
}

/** Which other work runs in each of its steps, and which work's steps are all among its own; null if there is none. */
function nesting(verification, variant, work) {
  const period = periodIn(verification, variant, work);
  const others = WORKS.filter(other => other !== work && hasPlace(verification, variant, other)).map(other => ({
    work: other,
    period: periodIn(verification, variant, other)
  }));
  const names = chosen => listed(chosen.map(other => other.work.operation + ' (every ' + count(other.period) + ')'));
  const within = others.filter(other => period % other.period === 0);
  const around = others.filter(other => other.period > period && other.period % period === 0);
  const besides = variant.spikes.filter(spike => ran(spike, work) && !around.some(other => ran(spike, other.work)));
  const said = [
    within.length === 0
      ? null
      : 'in each of its steps ' + names(within) + (within.length === 1 ? ' runs' : ' run') + ' as well, so it is never alone',
    around.length === 0
      ? null
      : 'each step of ' +
        names(around) +
        ' is one of its own, so what is slow there is at 0 here, too; its other steps have ' +
        number(besides.length, 'spike')
  ].filter(Boolean);
  return said.length === 0 ? null : 'The periods nest: ' + said.join('; ') + '.';
}

function standing(variant, period, share) {
  const { place, most, steps } = fullest(variant.spikes, period);
  const needed = beyondChance(steps, period, share);
  const held = count(most) + ' of ' + number(steps, 'slow step');
  return most < needed
    ? 'No place stands out: the fullest holds ' + held + ', ' + count(needed) + ' would be beyond chance.'
    : 'Place ' + count(place) + ' holds ' + held + '; ' + count(needed) + ' would be beyond chance.';
}

/** What the spikes of a variant say about a work, in sentences. */
function cycleSentences(verification, variant, work, period) {
  if (variant.spikes.length === 0) {
    return ['No spike.'];
  }
  if (periodIn(verification, variant, work) === null) {
    return [standing(variant, period, verification.alpha)];
  }
  if (!hasPlace(verification, variant, work)) {
    return [
      coincidence(variant, work),
      variant.spikes.some(spike => ran(spike, work))
        ? 'The lines of each product are counted, so its steps have no place of their own.'
        : null
    ].filter(Boolean);
  }
  return [
    coincidence(variant, work),
    nesting(verification, variant, work),
    standing(variant, period, verification.alpha)
  ].filter(Boolean);
}

const STRIP = { top: 8, height: 62, bottom: 22 };

function stripOption(verification, variant, work, period, highestNs, colours) {
  const colour = colourOf(variant.name, colours);
  const marks = (name, symbol, symbolSize, itemStyle, shown) => ({
    type: 'scatter',
    name,
    symbol,
    symbolSize,
    itemStyle,
    clip: false,
    progressive: 0,
    data: variant.spikes.filter(shown).map(spike => ({ value: [spike.step % period, spike.total_ns], spike }))
  });
  return {
    tooltip: tooltip(colours, { trigger: 'item', formatter: point => spikeTip(verification, point.data.spike) }),
    grid: {
      left: 52,
      right: 12,
      top: STRIP.top,
      height: STRIP.height,
      show: true,
      backgroundColor: colours.panel,
      borderWidth: 0
    },
    xAxis: axis(colours, {
      type: 'value',
      min: -period * 0.015,
      max: period * 1.015,
      splitLine: { show: false },
      axisLabel: {
        customValues: (period < 20 ? [0, 2, 4] : [0, 1, 2, 3, 4]).map(quarter => Math.round((period * quarter) / 4)),
        formatter: value => count(Math.round(value))
      }
    }),
    yAxis: axis(colours, {
      type: 'value',
      min: 0,
      max: highestNs,
      interval: highestNs / 2,
      axisLine: { show: false },
      axisLabel: { formatter: value => (value === 0 ? '0' : time(value, 2)), hideOverlap: false }
    }),
    series: [
      marks('not run', 'circle', 4.5, { color: 'transparent', borderColor: colours.soft, borderWidth: 1 }, spike => {
        return !ran(spike, work);
      }),
      marks('together', 'diamond', 8, { color: colour, opacity: 0.5 }, spike => {
        return ran(spike, work) && !ranAlone(spike, work);
      }),
      marks('alone', 'circle', 6.5, { color: colour }, spike => ranAlone(spike, work))
    ]
  };
}

/** The next number that halves well. */
function roundAbove(value) {
  const power = powerBelow(value);
  return power * [1, 1.6, 2, 3, 4, 6, 8, 10].find(factor => factor * power >= value);
}

/** One work: the spikes of both chosen variants over its period, and what they say. */
function cycleStrips(verification, chosen, work, highestNs) {
  const shownOver = side => holder(verification, chosen.variant(side), chosen.other(side), work);
  const period = side => periodIn(verification, shownOver(side), work);
  const panels = chosen.panels(side => {
    const made = chart({
      label: 'Spikes by their place in the period of ' + work.operation,
      points: true,
      caption: captionOf(chosen, side, variant =>
        shownOver(side) === variant
          ? every(period(side), work)
          : 'does not have it; shown over ' + every(period(side), work) + ' of ' + shownOver(side).name
      ),
      height: STRIP.top + STRIP.height + STRIP.bottom,
      option: colours => stripOption(verification, chosen.variant(side), work, period(side), highestNs, colours)
    });
    const sentences = chosen.told(side, 'under', variant =>
      cycleSentences(verification, variant, work, period(side)).map(sentence => element('p', {}, sentence))
    );
    return { figure: element('div', {}, made.figure, sentences), redraw: made.redraw };
  });
  return element(
    'div',
    { class: 'cycle' },
    element('h4', {}, work.name, ' ', element('code', { class: 'under' }, work.operation)),
    element('div', { class: 'pair' }, panels)
  );
}

function cycleSection(id, verification, chosen) {
  const title = 'Spikes in the cycles of periodic work';
  const how =
    'Each spike at its step’s remainder by the period of a work: ● nothing but this work is recorded in the step, ◆ other work ran ' +
    'as well, ○ this work did not run. Only ● speaks of this work by itself: an upright line may be made by any work whose steps ' +
    'are on it.';
  const { variants } = verification;
  const works = WORKS.filter(work => holder(verification, variants[0], variants[0], work));
  if (variants.every(variant => variant.spikes.length === 0)) {
    return section(id, title, how, absent('No variant has a spike.'));
  }
  if (works.length === 0) {
    return section(id, title, how, absent('No variant is known to do periodic work in its steps.'));
  }
  const highestNs = roundAbove(
    variants.flatMap(variant => variant.spikes).reduce((highest, spike) => Math.max(highest, spike.total_ns), 1)
  );
  return section(
    id,
    title,
    how,
    chosen.controls(),
    works.map(work => cycleStrips(verification, chosen, work, highestNs)),
    element(
      'p',
      { class: 'under' },
      'Beyond chance is what the fullest place would hold in ' +
        percent(verification.alpha) +
        ' of cases at most if spikes were spread evenly: the binomial tail, corrected for the number of places; a step that is ' +
        'slow in several rounds counts once.'
    )
  );
}
