// A widget is taken off the dashboard, but its timer goes on and keeps it.
class Widget {
  points = [];

  start() {
    this.timer = setInterval(() => this.poll(), 5_000);
  }

  poll() {
    this.points.push(Math.random());
  }
}

const dashboard = new Set();

function addWidget() {
  const widget = new Widget();
  widget.start();
  dashboard.add(widget);
}

function clearDashboard() {
  dashboard.clear();
}

addWidget();
clearDashboard();
setTimeout(() => {
  debugger;
}, 100);
