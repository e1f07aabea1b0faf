// The steps in their order: the longest and the mean of each stretch, and single spikes.

/** Steps count from the engine's start, as those of spikes do; a timeline begins behind the run-up. */
const firstStep = timeline => timeline.first_step || 0;

/** The middle of a stretch. */
const bucketPlace = (timeline, bucket) => firstStep(timeline) + (bucket + 0.5) * timeline.steps_per_bucket - 0.5;

/** The same axes for every variant, so that two can be held against each other. */
function timelineRange(verification) {
  const range = { lowNs: Infinity, highNs: 1, steps: 1 };
  const low = ns => {
    range.lowNs = ns > 0 && ns < range.lowNs ? ns : range.lowNs;
  };
  const high = ns => {
    range.highNs = ns > range.highNs ? ns : range.highNs;
  };
  for (const variant of verification.variants) {
    variant.timeline.mean_ns.forEach(low);
    variant.timeline.max_ns.forEach(high);
    variant.spikes.forEach(spike => {
      high(spike.total_ns);
      range.steps = Math.max(range.steps, spike.step);
    });
    range.steps = Math.max(
      range.steps,
      firstStep(variant.timeline) +
        Math.max(variant.timeline.max_ns.length * variant.timeline.steps_per_bucket, variant.steps)
    );
  }
  return { min: powerBelow(Math.min(range.lowNs, range.highNs)), max: powerAbove(range.highNs), steps: range.steps };
}

function timelineOption(verification, range, variant, colours, width) {
  const colour = colourOf(variant.name, colours);
  const { timeline } = variant;
  const drawn = values => values.map((ns, bucket) => [bucketPlace(timeline, bucket), ns > 0 ? ns : null]);
  const threshold = verification.spike_threshold_ms * 1e6;
  const narrow = width < 500;
  return {
    legend: legend(colours, { data: ['longest', 'mean', 'spike'], right: undefined, type: 'plain' }),
    grid: {
      left: narrow ? 8 : 34,
      right: narrow ? 12 : 20,
      top: 32,
      bottom: printing || narrow ? 20 : 58,
      containLabel: true
    },
    tooltip: tooltip(colours, {
      trigger: 'item',
      formatter: point => (point.data && point.data.spike ? spikeTip(verification, point.data.spike) : '')
    }),
    dataZoom:
      printing || narrow
        ? []
        : [
            {
              type: 'slider',
              bottom: 4,
              height: 20,
              filterMode: 'none',
              borderColor: colours.line,
              fillerColor: colours.line + '66',
              backgroundColor: 'transparent',
              dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
              selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
              handleStyle: { color: colours.paper, borderColor: colours.soft },
              moveHandleSize: 0,
              textStyle: { color: colours.soft, fontSize: 11 },
              labelFormatter: value => count(Math.round(value))
            }
          ],
    xAxis: axis(colours, {
      type: 'value',
      min: 0,
      max: range.steps,
      name: 'step',
      nameGap: 24,
      splitLine: { show: false },
      axisLabel: { formatter: value => count(Math.round(value)), showMaxLabel: false }
    }),
    yAxis: axis(colours, {
      type: 'log',
      min: range.min,
      max: range.max,
      name: narrow ? '' : stepTime(verification),
      nameGap: 60,
      axisLabel: { formatter: value => time(value) }
    }),
    series: [
      {
        type: 'line',
        name: 'longest',
        data: drawn(timeline.max_ns),
        symbol: 'none',
        silent: true,
        lineStyle: { color: colour, width: 1, opacity: 0.75 },
        itemStyle: { color: colour },
        markLine:
          threshold > 0 && threshold < range.max
            ? {
                silent: true,
                symbol: 'none',
                data: [{ yAxis: threshold }],
                lineStyle: { color: colours.ink, width: 1, type: [4, 3] },
                label: {
                  position: 'insideEndTop',
                  formatter: 'spike: ' + time(threshold),
                  color: colours.ink,
                  fontSize: 11,
                  backgroundColor: colours.paper,
                  padding: [2, 4],
                  borderRadius: 3
                }
              }
            : undefined
      },
      {
        type: 'line',
        name: 'mean',
        data: drawn(timeline.mean_ns),
        symbol: 'none',
        silent: true,
        lineStyle: { color: colours.ink, width: 1.2 },
        itemStyle: { color: colours.ink }
      },
      {
        type: 'scatter',
        name: 'spike',
        symbolSize: 5,
        itemStyle: { color: colour, opacity: 0.7 },
        progressive: 0,
        data: variant.spikes.map(spike => ({ value: [spike.step, spike.total_ns], spike }))
      }
    ]
  };
}

function timelineSection(id, verification, chosen) {
  const how =
    'The line is the longest step of each stretch of one typical round behind its run-up, so no spike is averaged away; the points ' +
    'are single spikes of all rounds, with what ran in them when you point at one; both panels have the same axes. ' +
    stepTimeText(verification);
  if (verification.variants.every(variant => variant.timeline.max_ns.length === 0)) {
    return section(id, 'Steps in their order', how, absent('No timeline is in this verification.'));
  }
  const range = timelineRange(verification);
  const panels = chosen.panels(side =>
    chart({
      label: 'Longest and mean ' + stepTime(verification) + ' in their order, and the spikes that were kept',
      points: true,
      caption: captionOf(
        chosen,
        side,
        variant => number(variant.timeline.steps_per_bucket, 'step') + ' a stretch; ' + keptText(variant)
      ),
      height: width => (width < 500 || printing ? 260 : 320),
      option: (colours, width) => timelineOption(verification, range, chosen.variant(side), colours, width)
    })
  );
  return section(id, 'Steps in their order', how, chosen.controls(), panels);
}
