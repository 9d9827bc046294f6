class Report {}

function makeRefresh() {
  const report = new Report();
  return function refresh() {
    return report;
  };
}

const handlers = [makeRefresh()];
debugger;
