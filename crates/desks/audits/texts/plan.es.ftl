# The planner of audits
