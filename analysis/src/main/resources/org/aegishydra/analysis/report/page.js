// The page: a part a verification, and what was measured, where and how.

const runs = JSON.parse(document.getElementById('verifications').textContent);

const readable = key => key.replace(/_bytes$/, '').replace(/_/g, ' ');

function value(key, it) {
  if (it === null || it === undefined || it === '') {
    return NONE;
  }
  if (Array.isArray(it)) {
    return it.map(each => value('', each)).join(', ') || NONE;
  }
  if (typeof it === 'object') {
    return (
      Object.entries(it)
        .map(([name, each]) => readable(name) + ' ' + value(name, each))
        .join(', ') || NONE
    );
  }
  if (isNumber(it)) {
    return key.endsWith('_bytes') ? bytes(it) : count(it);
  }
  return String(it);
}

const list = entries =>
  element(
    'dl',
    {},
    entries.flatMap(([name, it]) => [element('dt', {}, name), element('dd', {}, it)])
  );

const group = (title, entries) => element('div', {}, element('h4', {}, title), list(entries));

const ofObject = object => Object.entries(object || {}).map(([key, it]) => [readable(key), value(key, it)]);

function rangeText(range) {
  return (
    count(range.first_record) +
    ' to ' +
    count(range.last_record) +
    ' (' +
    count(range.records) +
    ' records, ' +
    seconds(range.seconds) +
    ' of market)'
  );
}

/** Busier than a verification paces its slowest variant; steps queue behind each other then. */
const BUSY = 0.3;

function busyShare({ busy_share: share }) {
  if (!isNumber(share)) {
    return 'not applicable';
  }
  const text = percent(share) + ' of the time';
  return share > BUSY
    ? [element('span', { class: 'verdict noisy' }, text), ' over ' + percent(BUSY) + ': latencies hold queueing']
    : text;
}

/** What is not limited to a few keys, if it is there. */
const groupOf = (title, object) =>
  Object.keys(object || {}).length > 0
    ? group(title, ofObject(object))
    : absent('No ' + title.toLowerCase() + ' are in this verification.');

function conditionsSection(id, verification) {
  return section(
    id,
    'Machine, command and settings',
    'What somebody needs who wants to repeat this verification, or doubts it.',
    element(
      'div',
      { class: 'keys' },
      group('Trials', [
        ['measured', verification.measures],
        ['pace', verification.pace === 'max' ? 'max (full speed)' : verification.pace],
        ['busiest variant', busyShare(verification)],
        ['rounds', count(verification.rounds)],
        ['length of a trial', seconds(verification.trial_seconds)],
        ['spike', stepTime(verification) + ' over ' + trimmed(verification.spike_threshold_ms, 3) + ' ms'],
        ['chance of a wrong claim', percent(verification.alpha)],
        ['began', moment(verification.started)],
        ['took', seconds(verification.seconds)],
        ['Aegis', verification.version || NONE]
      ]),
      group('Market', [
        ['journal', verification.journal || NONE],
        ['records', rangeText(verification.range)],
        ['strategy', verification.strategy]
      ]),
      group('Machine', ofObject(verification.machine))
    ),
    element('h4', {}, 'Command'),
    element('pre', {}, verification.command || NONE),
    element('h4', {}, 'Flags of a trial’s JVM'),
    (verification.flags || []).length > 0
      ? element('pre', {}, verification.flags.join('\n'))
      : absent('No flags are in this verification.'),
    element(
      'div',
      { class: 'keys' },
      groupOf('Periods of the work in legacy and seed', verification.periods),
      groupOf('Settings of the engine', verification.settings)
    )
  );
}

function titleOf(verification) {
  const others = mainVariants(verification)
    .map(variant => variant.name)
    .filter(name => name !== verification.reference);
  return others.length > 0 ? others.join(', ') + ' against ' + verification.reference : verification.reference;
}

function facts(verification) {
  return element(
    'ul',
    { class: 'facts' },
    [
      verification.strategy + ' strategy',
      verification.pace === 'max' ? 'full speed' : 'pace ' + verification.pace,
      verification.measures,
      count(verification.rounds) + ' rounds',
      count(verification.range.records) + ' records',
      moment(verification.started)
    ].map(fact => element('li', {}, fact))
  );
}

/** Says in each section what it lacks. */
function tellMissing(sections, missing, id) {
  Object.entries(missing).forEach(([name, paths]) =>
    sections
      .find(each => each.id === id(name))
      .querySelector('.how')
      .after(absent('Not in this verification, and not drawn here: ' + listed(paths) + '.'))
  );
}

function article({ folder, missing, verification }, index) {
  const id = name => 'run' + (index + 1) + '-' + name;
  const chosen = choice(verification);
  const sections = [
    verdictSection(id('verdict'), verification),
    outputsSection(id('outputs'), verification),
    percentileSection(id('percentiles'), verification),
    timelineSection(id('timeline'), verification, chosen),
    cycleSection(id('cycles'), verification, chosen),
    ablationSection(id('ablation'), verification),
    stageSection(id('stages'), verification),
    causeSection(id('causes'), verification),
    memorySection(id('memory'), verification),
    conditionsSection(id('conditions'), verification)
  ];
  tellMissing(sections, missing, id);
  const title = runs.length > 1 ? 'h2' : 'h1';
  return element(
    'article',
    { id: id('top'), class: decidesNothing(verification) ? 'unproven' : null },
    element('p', { class: 'eyebrow' }, 'Latency verification · ' + folder),
    element(title, {}, titleOf(verification)),
    facts(verification),
    warnings(verification),
    headline(verification),
    element(
      'nav',
      { 'aria-label': 'Sections' },
      element(
        'ul',
        {},
        sections.map(each =>
          element('li', {}, element('a', { href: '#' + each.id }, each.querySelector('h3').textContent))
        )
      )
    ),
    sections
  );
}

function contents() {
  return element(
    'header',
    {},
    element('p', { class: 'eyebrow' }, 'Aegis'),
    element('h1', {}, count(runs.length) + ' latency verifications'),
    element(
      'nav',
      { 'aria-label': 'Verifications' },
      element(
        'ul',
        {},
        runs.map(({ folder, verification }, index) =>
          element(
            'li',
            {},
            element('a', { href: '#run' + (index + 1) + '-top' }, folder + ': ' + titleOf(verification)),
            ' ',
            element(
              'span',
              { class: 'under' },
              [...headline(verification).querySelectorAll('.card')]
                .map(each => each.querySelector('.name').textContent + ' ' + each.querySelector('.words').textContent)
                .join('; ')
            ),
            (verification.warnings || []).length === 0
              ? null
              : [
                  ' ',
                  element('span', { class: 'verdict noisy' }, number(verification.warnings.length, 'warning'))
                ]
          )
        )
      )
    )
  );
}

runs.forEach(({ verification }) =>
  [...mainVariants(verification), ...verification.variants].forEach(variant => look(variant.name))
);
document.title =
  runs.length > 1 ? runs.length + ' latency verifications' : titleOf(runs[0].verification) + ' – Aegis verification';
const report = document.getElementById('report');
report.replaceChildren(
  ...(runs.length > 1 ? [contents()] : []),
  ...runs.map(article),
  element(
    'footer',
    {},
    'Written by aegis report; drawn with Apache ECharts ' +
      echarts.version +
      '. This page asks for nothing from any network.'
  )
);
drawFromNowOn();
document.documentElement.dataset.drawn = 'true';
