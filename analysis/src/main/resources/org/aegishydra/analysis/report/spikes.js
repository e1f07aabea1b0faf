// Single spikes: of which two variants they are shown, how many were kept, and what is told of one.

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
    other: side => variants[sides[sides.length - 1 - side]],
    controls: () =>
      sides.length < 2
        ? null
        : element(
            'div',
            { class: 'controls' },
            element('label', {}, 'Show', selectOf(0)),
            element('label', {}, 'against', selectOf(1))
          ),
    told: (side, kind, tell) => {
      const place = element('div', { class: kind });
      const show = () => place.replaceChildren(...tell(variants[sides[side]]));
      listeners.push(show);
      show();
      return place;
    },
    panels: make =>
      sides.map((unused, side) => {
        const made = make(side);
        listeners.push(made.redraw);
        return made.figure;
      })
  };
}

/** A variant's name over what is shown of it. */
const captionOf = (chosen, side, detail) =>
  chosen.told(side, 'caption', variant => [
    swatch(variant.name),
    variant.name,
    element('span', { class: 'under' }, detail(variant))
  ]);

/** How many spikes of a variant are shown. */
function keptText(variant) {
  if (variant.spike_count === 0) {
    return 'no spike';
  }
  return variant.spikes.length < variant.spike_count
    ? count(variant.spikes.length) + ' of ' + number(variant.spike_count, 'spike') + ', the longest of each round'
    : number(variant.spike_count, 'spike');
}

const isPaced = verification => verification.pace !== 'max';

/** What the time of a single step is, be it a spike or in the timeline. */
const stepTime = verification => (isPaced(verification) ? 'own time of a step' : 'service time of a step');

const stepTimeText = verification =>
  isPaced(verification)
    ? 'A time here is a step’s own: from when it was due or, if that was later, from when the step before it had ended, to its ' +
      'end, so that queueing behind another step counts once; the verdict’s means and percentiles are from when a message was due.'
    : 'A time here is the service time of a step.';

function spikeTip(verification, spike) {
  const rows = [[isPaced(verification) ? 'own time' : 'service time', time(spike.total_ns)]];
  if (spike.late_ns > 0) {
    rows.push(['of it late to begin', time(spike.late_ns)]);
  }
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
