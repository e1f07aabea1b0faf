// Where the time of a step goes, and what the process takes meanwhile: stages, memory and backlog.

/** Stages of every step, of which only some are stamped; the count of any other stage says in how many steps it was. */
const STAMPED_AT_TIMES = new Set(['Decode', 'Book']);

const stageOf = (variant, name) => variant.stages.find(stage => stage.name === name);

/** In how many of all steps a stage was, as a share. */
function shareOfSteps(verification, variant, stage) {
  const steps = variant.steps * verification.rounds;
  return STAMPED_AT_TIMES.has(stage.name) || steps === 0 ? 1 : Math.min(1, stage.count / steps);
}

function stageCell(verification, variant, stage) {
  if (!stage) {
    return cell(NONE);
  }
  const share = shareOfSteps(verification, variant, stage);
  return element(
    'td',
    {},
    element('div', { class: 'figure' }, time(stage.mean_ns)),
    element('div', { class: 'under' }, share === 1 ? 'in every step' : 'in ' + percent(share) + ' of steps'),
    element('div', { class: 'under' }, 'p99 ' + time(stage.p99_ns) + ', max ' + time(stage.max_ns))
  );
}

function stageSection(id, verification) {
  const how =
    'Each bar is what a mean step spends on its stages, those that only some steps have spread over all; the table tells ' +
    'how long a stage takes where there is one.';
  const names = [...new Set(verification.variants.flatMap(variant => variant.stages.map(stage => stage.name)))];
  if (names.length === 0) {
    return section(id, 'Stages', how, absent('No stages are in this verification.'));
  }
  const variants = verification.variants.filter(variant => variant.stages.length > 0);
  const made = chart({
    label: 'Mean time by stage of each variant',
    height: 90 + 34 * variants.length,
    option: (colours, width) =>
      bars(
        colours,
        width,
        variants,
        names.map((name, i) => ({
          name,
          colour: colours.parts[i % COLOURS],
          value: variant => {
            const stage = stageOf(variant, name);
            return stage ? stage.mean_ns * shareOfSteps(verification, variant, stage) : 0;
          }
        })),
        time,
        'time of a mean step'
      )
  });
  const rows = shown =>
    shown.map(variant => [
      element('th', { scope: 'row', class: 'first' }, named(variant.name)),
      ...names.map(name => stageCell(verification, variant, stageOf(variant, name)))
    ]);
  return section(
    id,
    'Stages',
    how,
    made.figure,
    tables(verification, shown =>
      table('Stages', [[column('variant', 'text first'), ...names.map(name => column(name))]], rows(shown))
    )
  );
}

/** Stacked bars, one a variant. */
function bars(colours, width, variants, parts, text, axisName) {
  const names = variants.map(variant => variant.name);
  return {
    legend: legend(colours, { itemWidth: 12, itemHeight: 12, data: parts.map(part => part.name) }),
    grid: { left: 4, right: 30, top: 32, bottom: 26, containLabel: true },
    tooltip: tooltip(colours, {
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: colours.grid, opacity: 0.5 } },
      formatter: found =>
        tip(
          found[0].name,
          found.map(part => [part.seriesName, text(part.value)])
        )
    }),
    xAxis: axis(colours, {
      type: 'value',
      name: axisName,
      nameGap: 26,
      splitNumber: width < 500 ? 3 : 6,
      axisLabel: { formatter: value => text(value) }
    }),
    yAxis: axis(colours, {
      type: 'category',
      data: names,
      inverse: true,
      axisLabel: { color: colours.ink, fontSize: 12.5, hideOverlap: false, interval: 0 }
    }),
    series: parts.map(part => ({
      type: 'bar',
      stack: 'all',
      name: part.name,
      barMaxWidth: 20,
      itemStyle: { color: part.colour, borderColor: colours.paper, borderWidth: 0.5 },
      data: variants.map(part.value)
    }))
  };
}

const WATCHED = [
  ['heap_bytes', 'Heap used, garbage included', bytes],
  ['resident_bytes', 'Resident memory of the process', bytes],
  ['backlog_records', 'Records that waited to be written', count]
];

function memorySection(id, verification) {
  const how =
    'One typical round of each variant: a heap that only rises, or a backlog that does not come back to zero, is trouble that a ' +
    'longer run would meet.';
  const watched = verification.variants.filter(variant => variant.memory.length > 0);
  const known = WATCHED.filter(([key]) => watched.some(variant => variant.memory.some(sample => isNumber(sample[key]))));
  if (known.length === 0) {
    return section(id, 'Memory and backlog', how, absent('Memory was not watched in this verification.'));
  }
  return section(
    id,
    'Memory and backlog',
    how,
    element(
      'div',
      { class: verification.variants.length > MANY_VARIANTS ? null : 'thirds' },
      known.map(
        ([key, title, text]) =>
          chart({
            label: title + ' over time',
            caption: [title],
            height: 240,
            option: colours => ({
              legend: legend(colours, {
                data: watched.map(variant => variant.name),
                selected: selection(verification)
              }),
              grid: { left: 4, right: 14, top: 34, bottom: 16, containLabel: true },
              tooltip: tooltip(colours, {
                trigger: 'axis',
                axisPointer: { lineStyle: { color: colours.soft } },
                formatter: found =>
                  tip(
                    seconds(found[0].value[0]),
                    found.map(point => [point.seriesName, text(point.value[1])])
                  )
              }),
              xAxis: axis(colours, {
                type: 'value',
                nameGap: 22,
                splitLine: { show: false },
                axisLabel: { formatter: value => value + ' s' }
              }),
              yAxis: axis(colours, {
                type: 'value',
                min: 0,
                minInterval: 1,
                splitNumber: 4,
                axisLabel: { formatter: value => text(value) }
              }),
              series: watched.map(variant => ({
                type: 'line',
                name: variant.name,
                symbol: variant.memory.length === 1 ? 'circle' : 'none',
                lineStyle: lineStyle(variant.name, colours, 1.6),
                itemStyle: { color: colourOf(variant.name, colours) },
                emphasis: { disabled: true },
                data: variant.memory.map(sample => [sample.at_seconds, isNumber(sample[key]) ? sample[key] : null])
              }))
            })
          }).figure
      )
    )
  );
}
