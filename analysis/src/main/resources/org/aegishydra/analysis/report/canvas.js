// Where charts are drawn: in the colours of the mode that the page is seen in, and anew when mode, width or data change.

const PRINT_WIDTH = 700;
const COLOURS = 8;
const LINES = ['solid', 'dashed', 'dotted'];
const charts = [];
let printing = false;

/** The page's colours as they are now. */
function palette() {
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue('--' + name).trim();
  const colours = prefix => Array.from({ length: COLOURS }, (unused, i) => colour(prefix + (i + 1)));
  return {
    paper: colour('paper'),
    panel: colour('panel'),
    ink: colour('ink'),
    soft: colour('soft'),
    line: colour('line'),
    grid: colour('grid'),
    good: colour('good'),
    bad: colour('bad'),
    unknown: colour('unknown'),
    variants: colours('v'),
    parts: colours('s'),
    font: getComputedStyle(document.body).fontFamily
  };
}

/** One colour and line a variant in all charts and runs of the page, in the order in which they are met. */
const looks = new Map();

function look(name) {
  if (!looks.has(name)) {
    looks.set(name, { index: looks.size % COLOURS, line: LINES[Math.floor(looks.size / COLOURS) % LINES.length] });
  }
  return looks.get(name);
}

const colourOf = (name, colours) => colours.variants[look(name).index];

const swatch = name =>
  element('span', {
    class: 'swatch',
    style: { '--swatch': 'var(--v' + (look(name).index + 1) + ')' },
    'aria-hidden': 'true'
  });

/**
 * A chart.
 *
 * label: what it shows, for those who cannot see it; caption: elements above it; height: of the width, px;
 * points: whether it has thousands of marks, which a canvas draws faster; option: ECharts' option, of colours and width.
 */
function chart({ label, caption, height, points, option }) {
  const drawing = element('div', { class: 'drawing', role: 'img', 'aria-label': label });
  const made = { drawing, height, points, option, width: 0, instance: null };
  charts.push(made);
  const figure = element(
    'div',
    { class: 'chart' },
    caption ? element('div', { class: 'caption' }, caption) : null,
    drawing
  );
  return { figure, redraw: () => draw(made) };
}

function draw(made) {
  const colours = palette();
  const width = printing ? Math.round(PRINT_WIDTH * made.share) : made.drawing.clientWidth;
  const height = typeof made.height === 'function' ? made.height(width) : made.height;
  made.width = made.drawing.clientWidth;
  made.drawing.style.height = height + 'px';
  const option = withChosenLegend(made.option(colours, width), made.instance);
  if (made.instance) {
    made.instance.dispose();
  }
  made.instance = echarts.init(made.drawing, null, {
    renderer: made.points ? 'canvas' : 'svg',
    width,
    height,
    devicePixelRatio: Math.max(2, window.devicePixelRatio || 1)
  });
  made.instance.setOption({
    animation: false,
    textStyle: { fontFamily: colours.font, color: colours.ink, fontSize: 12 },
    ...option
  });
}

/** What somebody switched on or off in the legend stays so; paper names only what is drawn on it. */
function withChosenLegend(option, instance) {
  const { legend: own } = option;
  if (own && instance) {
    own.selected = { ...own.selected, ...instance.getOption().legend[0].selected };
  }
  if (own && printing) {
    own.data = own.data.filter(name => !own.selected || own.selected[name] !== false);
  }
  return option;
}

/** An axis in the page's colours. */
function axis(colours, own) {
  const { axisLabel, nameTextStyle, ...rest } = own;
  return {
    nameLocation: 'middle',
    nameGap: 30,
    nameTextStyle: { color: colours.soft, fontSize: 12, ...nameTextStyle },
    axisLine: { show: true, lineStyle: { color: colours.line } },
    axisTick: { show: false },
    axisLabel: { color: colours.soft, fontSize: 11.5, hideOverlap: true, ...axisLabel },
    splitLine: { lineStyle: { color: colours.grid } },
    minorSplitLine: { show: false },
    ...rest
  };
}

function legend(colours, own) {
  return {
    type: 'scroll',
    top: 0,
    left: 0,
    right: 0,
    itemWidth: 22,
    itemHeight: 10,
    itemGap: 16,
    textStyle: { color: colours.ink, fontSize: 12.5 },
    inactiveColor: colours.unknown,
    pageIconColor: colours.soft,
    pageIconInactiveColor: colours.line,
    pageTextStyle: { color: colours.soft },
    ...own
  };
}

const tooltip = (colours, own) => ({
  confine: true,
  backgroundColor: colours.paper,
  borderColor: colours.line,
  borderWidth: 1,
  padding: [8, 10],
  textStyle: { color: colours.ink, fontSize: 12.5, fontFamily: colours.font },
  extraCssText: 'max-width:min(340px,90vw);white-space:normal',
  ...own
});

/** Rows of a tooltip; ECharts takes markup, so texts are encoded. */
function tip(title, rows) {
  const encode = text => echarts.format.encodeHTML(String(text));
  return (
    '<div style="font-weight:600;margin-bottom:3px">' +
    encode(title) +
    '</div>' +
    rows
      .map(
        ([name, value]) =>
          '<div style="display:flex;justify-content:space-between;gap:18px"><span>' +
          encode(name) +
          '</span><span style="text-align:right;font-variant-numeric:tabular-nums">' +
          encode(value) +
          '</span></div>'
      )
      .join('')
  );
}

const powerBelow = value => 10 ** Math.floor(Math.log10(value));

const powerAbove = value => 10 ** Math.ceil(Math.log10(value));

function drawAll() {
  charts.forEach(draw);
}

/** Draws everything, and again whenever it is seen otherwise. */
function drawFromNowOn() {
  drawAll();
  const widths = new ResizeObserver(() =>
    requestAnimationFrame(() => {
      if (!printing) {
        charts.filter(made => made.drawing.clientWidth !== made.width).forEach(draw);
      }
    })
  );
  charts.forEach(made => widths.observe(made.drawing));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  window.addEventListener('beforeprint', () => print(true));
  window.addEventListener('afterprint', () => print(false));
}

/** What is folded away on the screen, and opened for the paper. */
let folded = [];

/** On paper everything is light, of the paper's width, and open. */
function print(begins) {
  if (begins && !printing) {
    folded = [...document.querySelectorAll('details:not([open])')];
  }
  folded.forEach(each => {
    each.open = begins;
  });
  const whole = document.querySelector('main').clientWidth;
  charts.forEach(made => {
    made.share = begins ? Math.min(1, made.drawing.clientWidth / whole) : 1;
  });
  printing = begins;
  document.documentElement.toggleAttribute('data-print', begins);
  drawAll();
}
