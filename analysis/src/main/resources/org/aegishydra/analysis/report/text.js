// Numbers as people read them, with their unit, and elements of the page. Texts of the data become text nodes, no markup.

const NONE = '–';

const isNumber = value => typeof value === 'number' && Number.isFinite(value);

const trimmed = (value, digits) => String(Number(value.toPrecision(digits)));

function count(value) {
  return isNumber(value) ? value.toLocaleString('en-US') : NONE;
}

/** 1 spike, 2 spikes. */
const number = (value, thing) => count(value) + ' ' + thing + (value === 1 ? '' : 's');

/** a, b and c. */
const listed = words =>
  words.length < 2 ? words.join('') : words.slice(0, -1).join(', ') + ' and ' + words[words.length - 1];

/** Three digits, and thousands apart. */
function plain(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : trimmed(value, 3);
}

/** 412345 ns as 412 µs. */
function time(ns, digits = 3) {
  if (!isNumber(ns)) {
    return NONE;
  }
  const rounded = Number(ns.toPrecision(digits));
  for (const [size, unit] of [
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs']
  ]) {
    if (Math.abs(rounded) >= size) {
      const scaled = rounded / size;
      return (scaled >= 100 ? Math.round(scaled).toLocaleString('en-US') : trimmed(scaled, digits)) + ' ' + unit;
    }
  }
  return trimmed(rounded, digits) + ' ns';
}

/** From one figure to another, its unit once. */
function between(low, high, text) {
  const [first, last] = [text(low), text(high)];
  const unit = last.replace(/^[\d.,]+/, '');
  return (unit !== '' && first.endsWith(unit) ? first.slice(0, -unit.length) : first) + '–' + last;
}

function seconds(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  if (value < 120) {
    return trimmed(value, 3) + ' s';
  }
  const minutes = Math.round(value / 60);
  return minutes < 120 ? minutes + ' min' : Math.floor(minutes / 60) + ' h ' + (minutes % 60) + ' min';
}

function bytes(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  for (const [size, unit] of [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB']
  ]) {
    if (value >= size) {
      return trimmed(value / size, 3) + ' ' + unit;
    }
  }
  return value + ' bytes';
}

function percent(share) {
  if (!isNumber(share)) {
    return NONE;
  }
  const points = share * 100;
  return (points >= 100 ? Math.round(points).toLocaleString('en-US') : trimmed(points, 2)) + '%';
}

/** Digits enough for two that count, and to tell the ends of the interval apart. */
function ratioDigits(comparison) {
  const width = comparison.high - comparison.low;
  const ofRatio = comparison.ratio > 0 && isNumber(comparison.ratio) ? 1 - Math.floor(Math.log10(comparison.ratio)) : 2;
  const ofWidth = isNumber(width) && width > 0 ? -Math.floor(Math.log10(width)) : 2;
  return Math.min(6, Math.max(comparison.ratio < 10 ? 2 : 1, Math.min(ofWidth, ofRatio + 1), ofRatio));
}

function ratio(comparison) {
  return isNumber(comparison.ratio) ? comparison.ratio.toFixed(ratioDigits(comparison)) + '×' : NONE;
}

function interval(comparison) {
  const end = value => (isNumber(value) ? value.toFixed(ratioDigits(comparison)) : '∞');
  return '[' + end(comparison.low) + '–' + end(comparison.high) + ']';
}

/** 0.0000031 as 3 × 10⁻⁶, on one line. */
function probability(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  if (value >= 0.0001 || value <= 0) {
    return trimmed(value, 2);
  }
  const [digit, power] = value.toExponential(0).split('e-');
  return digit + '\u00a0×\u00a010⁻' + [...power].map(each => '⁰¹²³⁴⁵⁶⁷⁸⁹'[each]).join('');
}

function moment(iso) {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
}

const METRICS = {
  mean: { name: 'mean', text: time },
  p50: { name: 'p50', text: time },
  p95: { name: 'p95', text: time },
  p99: { name: 'p99', text: time },
  p999: { name: 'p99.9', text: time },
  max: { name: 'max', text: time },
  spikes_per_100k: { name: 'spikes per 100,000 steps', text: plain }
};

const metricName = key => (METRICS[key] ? METRICS[key].name : key);

/** How a verdict is coloured. */
const TONES = { improved: 'good', worse: 'bad', 'no effect shown': 'none', 'machine too noisy': 'noisy' };

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'style') {
      Object.entries(value).forEach(([property, set]) => made.style.setProperty(property, set));
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
  return made;
}

/** A table that scrolls inside its box, by keyboard too. Rows are lists of th and td. */
function table(label, head, rows) {
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        head.map(row => element('tr', {}, row))
      ),
      element(
        'tbody',
        {},
        rows.map(row => element('tr', {}, row))
      )
    )
  );
}

const column = (text, kind) => element('th', { scope: 'col', class: kind }, text);

const cell = (text, kind) => element('td', { class: kind }, text);

const absent = text => element('p', { class: 'absent' }, text);

function section(id, title, how, ...content) {
  return element(
    'section',
    { id, 'aria-labelledby': id + '-title' },
    element('h3', { id: id + '-title' }, title),
    element('p', { class: 'how' }, how),
    content
  );
}
