// What covered the time of spikes.

const UNEXPLAINED = 'unexplained';
const NOT_WATCHED = 'not watched';

/** Answers that name no cause come last. */
const LAST_CAUSES = [UNEXPLAINED, NOT_WATCHED];

const sum = causes => Object.values(causes).reduce((all, each) => all + each, 0);

/** The share of the spikes with a cause, of those that were watched. */
function explained(causes) {
  const watched = sum(causes) - (causes[NOT_WATCHED] || 0);
  return watched === 0 ? NONE : percent(1 - (causes[UNEXPLAINED] || 0) / watched);
}

function causeColour(name, index, colours) {
  if (name === UNEXPLAINED) {
    return colours.unknown;
  }
  return name === NOT_WATCHED ? colours.line : colours.parts[index % COLOURS];
}

function causeSection(id, verification) {
  const how =
    'What covered at least half of a spike’s time, by what the platform and the step itself are known to have done; page faults ' +
    'only where there were enough to fill half of it at 10 µs each. “Unexplained” is an answer, a guess is not.';
  const names = [...new Set(verification.variants.flatMap(variant => Object.keys(variant.causes)))].sort(
    (a, b) => LAST_CAUSES.indexOf(a) - LAST_CAUSES.indexOf(b) || a.localeCompare(b)
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
          colour: causeColour(name, i, colours),
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
      cell(explained(variant.causes), 'figure'),
      ...names.map(name => cell(count(variant.causes[name] || 0)))
    ]);
  return section(
    id,
    'Causes of spikes',
    how,
    names.includes(NOT_WATCHED)
      ? element(
          'p',
          { class: 'how' },
          'Not watched: by the end of a very long trial what the platform did early on is forgotten; such spikes are shown, and ' +
            'left out of the explained share.'
        )
      : null,
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
