// Every report that was opened once stays in memory, although no code can reach it any more.
class Report {
  rows = Array.from({ length: 1_000 }, (_, index) => `row ${index}`);
}

const refreshers = [];

function openReport(name) {
  const report = new Report();
  const countRows = () => report.rows.length;
  refreshers.push(function refreshTitle() {
    return `Report ${name}`;
  });
  return countRows();
}

openReport('sales');
setTimeout(() => {
  debugger;
}, 100);
